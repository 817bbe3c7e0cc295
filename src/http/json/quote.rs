//! A text between quotation marks, as JSON has it.

/// Writes a text between quotation marks.
pub(super) fn quote(to: &mut Vec<u8>, text: &str) {
    to.reserve(text.len() + 3);
    to.push(b'"');
    if is_plain(text.as_bytes()) {
        to.extend_from_slice(text.as_bytes());
    } else {
        escape(to, text);
    }
    to.push(b'"');
}

/// Whether a byte stands for itself.
const fn is_special(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

/// Whether the text stands for itself. Without a way out in the middle, so that the machine can compare many at once.
fn is_plain(text: &[u8]) -> bool {
    let (blocks, rest) = text.as_chunks::<16>();
    let special = |bytes: &[u8]| bytes.iter().fold(false, |found, byte| found | is_special(*byte));
    !(blocks.iter().fold(false, |found, block| found | special(block)) | special(rest))
}

#[cold]
fn escape(to: &mut Vec<u8>, text: &str) {
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(|byte| is_special(*byte)) {
        let (plain, special) = rest.split_at(at);
        to.extend_from_slice(plain);
        let Some((byte, after)) = special.split_first() else { return };
        let letter = match byte {
            b'"' | b'\\' => *byte,
            0x08 => b'b',
            b'\t' => b't',
            b'\n' => b'n',
            0x0c => b'f',
            b'\r' => b'r',
            other => {
                let digit = |four: u8| if four < 10 { b'0' + four } else { b'a' + four - 10 };
                to.extend_from_slice(b"\\u00");
                to.push(digit(other >> 4));
                to.push(digit(other & 15));
                rest = after;
                continue;
            }
        };
        to.extend_from_slice(&[b'\\', letter]);
        rest = after;
    }
    to.extend_from_slice(rest);
}
