//! The words of a sentence as the table knows them.

/// A word, or what stands for a kind of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// What it says, in any case; empty for a kind.
    text: &'a str,
    kind: Kind,
    pub(super) key: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    /// A sum of money.
    Money,
    Percent,
    Exclamation,
    /// A number, a code, an address, a placeholder: no n-gram of the table has one, but it parts its neighbours.
    Other,
}

impl Kind {
    const fn normal(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Money => "#money",
            Self::Percent => "#percent",
            Self::Exclamation => "!",
            Self::Other => "#",
        }
    }
}

impl Word<'_> {
    /// As the table spells it.
    #[must_use]
    pub fn normal(&self) -> String {
        match self.kind {
            Kind::Plain => self.text.chars().flat_map(lower).collect(),
            kind @ (Kind::Money | Kind::Percent | Kind::Exclamation | Kind::Other) => kind.normal().to_owned(),
        }
    }
}

/// The words of a sentence.
#[must_use]
pub const fn words(sentence: &str) -> Words<'_> {
    Words { sentence, at: 0, barren: [0; CLOSERS.len()] }
}

/// The words of a sentence.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    sentence: &'a str,
    at: usize,
    /// Up to where each of [`CLOSERS`] is known to be missing, so that a thousand openers are not a thousand searches.
    barren: [usize; CLOSERS.len()],
}

/// What closes a placeholder.
const CLOSERS: [u8; 5] = *b"}]>|)";

/// A placeholder is no longer than this.
const LONGEST: usize = 64;

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        loop {
            let start = self.at;
            let byte = self.byte(start)?;
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'$' => return Some(self.word(start)),
                b'!' => {
                    self.at += 1;
                    return Some(of_kind(Kind::Exclamation));
                }
                b'{' | b'[' | b'<' | b'*' | b'(' => {
                    if let Some(end) = self.placeholder(start) {
                        self.at = end;
                        return Some(self.after_placeholder(Kind::Other));
                    }
                    self.at += 1;
                }
                0x80.. => {
                    let next = self.char(start)?;
                    if next.is_alphanumeric() || is_currency(next) {
                        return Some(self.word(start));
                    }
                    self.at += next.len_utf8();
                }
                _ => self.at += 1,
            }
        }
    }
}

impl<'a> Words<'a> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.sentence.as_bytes().get(at).copied()
    }

    fn char(&self, at: usize) -> Option<char> {
        self.sentence.get(at..)?.chars().next()
    }

    /// The word that starts here.
    fn word(&mut self, start: usize) -> Word<'a> {
        let (mut digits, mut letters, mut money, mut percent) = (false, false, false, false);
        let mut key = Key::default();
        let mut last = '\0';
        while let Some(next) = self.char(self.at) {
            match next {
                'a'..='z' | 'A'..='Z' | '_' => letters = true,
                '0'..='9' => digits = true,
                '%' if digits => percent = true,
                '\'' | '’' if letters && self.follows(next, char::is_alphabetic) => {}
                '.' | ',' | ':' if last.is_ascii_digit() && self.follows(next, |c| c.is_ascii_digit()) => {}
                _ if is_currency(next) => money = true,
                _ if !next.is_ascii() && next.is_alphanumeric() => letters = true,
                _ => break,
            }
            key.add(next);
            last = next;
            self.at += next.len_utf8();
        }
        let text = self.sentence.get(start..self.at).unwrap_or_default();
        let rest = self.sentence.get(self.at..).unwrap_or_default();
        if rest.starts_with("://") || (rest.starts_with('.') && text.eq_ignore_ascii_case("www")) || rest.starts_with('@') {
            self.at += rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(rest.len());
            return of_kind(Kind::Other);
        }
        if !digits && money {
            // `£{amount}` is a sum as `£5` is.
            if let Some(end) = self.placeholder(self.at) {
                self.at = end;
                return of_kind(Kind::Money);
            }
        }
        let pence = text.strip_suffix(['p', 'P']).is_some_and(|sum| !sum.contains(char::is_alphabetic));
        if !digits && !money {
            return Word { text, kind: Kind::Plain, key: key.0 };
        }
        of_kind(if digits && (money || pence) {
            Kind::Money
        } else if percent {
            Kind::Percent
        } else {
            Kind::Other
        })
    }

    fn follows(&self, this: char, is: impl Fn(char) -> bool) -> bool {
        self.char(self.at + this.len_utf8()).is_some_and(is)
    }

    /// `{{discount}}% off` is a percentage.
    fn after_placeholder(&mut self, kind: Kind) -> Word<'a> {
        if self.byte(self.at) == Some(b'%') {
            self.at += 1;
            return of_kind(Kind::Percent);
        }
        of_kind(kind)
    }

    /// Where the placeholder ends that starts here, if one does: `{{x}}`, `{x}`, `[x]`, `<%= x %>`, `*|X|*`, `((x))`.
    fn placeholder(&mut self, start: usize) -> Option<usize> {
        let second = self.byte(start + 1);
        let (closer, inner) = match self.byte(start)? {
            b'{' => (0, start + 1),
            // `[Shop now]` is a button.
            b'[' => (1, start + 1),
            b'<' if second == Some(b'%') => (2, start + 2),
            b'*' if second == Some(b'|') => (3, start + 2),
            b'(' if second == Some(b'(') => (4, start + 2),
            _ => return None,
        };
        let byte = CLOSERS.get(closer).copied()?;
        let limit = (start + LONGEST).min(self.sentence.len());
        let from = inner.max(self.barren.get(closer).copied().unwrap_or_default());
        let close = (from..limit).find(|at| self.byte(*at) == Some(byte));
        let Some(close) = close else {
            if let Some(barren) = self.barren.get_mut(closer) {
                *barren = limit;
            }
            return None;
        };
        if closer == 1 && self.sentence.get(inner..close)?.contains(char::is_whitespace) {
            return None;
        }
        let more = (close + 1..limit).take_while(|at| self.byte(*at).is_some_and(|it| it == byte || it == b'*')).count();
        Some(close + 1 + more)
    }
}

const fn is_currency(c: char) -> bool {
    matches!(c, '£' | '$' | '€')
}

/// The letter as the table spells it.
fn lower(c: char) -> impl Iterator<Item = char> {
    let c = if c == '’' { '\'' } else { c };
    c.to_lowercase()
}

fn of_kind<'a>(kind: Kind) -> Word<'a> {
    Word { text: "", kind, key: key_of_normal(kind.normal()) }
}

/// The key of a word that is spelt as the table spells it.
pub(super) fn key_of_normal(word: &str) -> u64 {
    let mut key = Key::default();
    word.chars().for_each(|c| key.add(c));
    key.0
}

/// FNV-1a over the letters, in lower case.
#[derive(Clone, Copy, Debug)]
struct Key(u64);

impl Default for Key {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Key {
    fn add(&mut self, c: char) {
        if c.is_ascii() {
            self.byte(c.to_ascii_lowercase());
        } else {
            lower(c).for_each(|c| self.byte(c));
        }
    }

    fn byte(&mut self, c: char) {
        self.0 = (self.0 ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01B3);
    }
}
