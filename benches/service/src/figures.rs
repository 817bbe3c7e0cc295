//! What was measured: rows of a CSV file, and the median, the least and the greatest of those that belong together.

use std::{
    collections::BTreeMap,
    fmt::Display,
    fs::{self, OpenOptions},
    io::Write as _,
    path::Path,
};

use crate::{Outcome, settings::Settings};

/// A file that is written row by row: what was measured stays, whatever happens after.
#[derive(Debug)]
pub(crate) struct Csv {
    file: fs::File,
}

impl Csv {
    /// Begins a file of this name.
    pub(crate) fn create(settings: &Settings, name: &str, columns: &[&str]) -> Outcome<Self> {
        let path = settings.out.join(format!("{name}.csv"));
        fs::write(&path, columns.join(",") + "\n")?;
        Ok(Self { file: OpenOptions::new().append(true).open(path)? })
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: &[&dyn Display]) -> Outcome<()> {
        let cells: Vec<String> = cells.iter().map(ToString::to_string).collect();
        Ok(writeln!(self.file, "{}", cells.join(","))?)
    }
}

/// A file read back.
#[derive(Debug)]
pub(crate) struct Rows {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Rows that differ in their round alone.
pub(crate) type Group<'a> = Vec<&'a Vec<String>>;

impl Rows {
    /// Reads a file; none where that part was not measured.
    pub(crate) fn read(directory: &Path, name: &str) -> Option<Self> {
        let text = fs::read_to_string(directory.join(format!("{name}.csv"))).ok()?;
        let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        Some(Self { columns: lines.next()?, rows: lines.collect() }).filter(|it| !it.rows.is_empty())
    }

    /// The rows by what stands in these columns, in the order in which those came first.
    pub(crate) fn by(&self, columns: &[&str]) -> Vec<(Vec<String>, Group<'_>)> {
        let mut groups: Vec<(Vec<String>, Group<'_>)> = Vec::new();
        let mut places = BTreeMap::new();
        for row in &self.rows {
            let name: Vec<String> = columns.iter().map(|column| self.cell(row, column).to_owned()).collect();
            let place = *places.entry(name.clone()).or_insert_with(|| {
                groups.push((name, Vec::new()));
                groups.len() - 1
            });
            if let Some((_, group)) = groups.get_mut(place) {
                group.push(row);
            }
        }
        groups
    }

    /// What stands in a column.
    pub(crate) fn cell<'a>(&self, row: &'a [String], column: &str) -> &'a str {
        let at = self.columns.iter().position(|name| name == column);
        at.and_then(|at| row.get(at)).map_or("", String::as_str)
    }

    /// The number in a column.
    pub(crate) fn number(&self, row: &[String], column: &str) -> f64 {
        self.cell(row, column).parse().unwrap_or_default()
    }

    /// The figures of a column over a group.
    pub(crate) fn spread(&self, group: &Group<'_>, column: &str) -> Spread {
        self.spread_of(group, |row| self.number(row, column))
    }

    /// The same of any figure.
    pub(crate) fn spread_of(&self, group: &Group<'_>, figure: impl Fn(&[String]) -> f64) -> Spread {
        Spread::of(group.iter().map(|row| figure(row)).collect())
    }
}

/// The median, the least and the greatest.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    pub(crate) least: f64,
    pub(crate) greatest: f64,
}

impl Spread {
    fn of(mut figures: Vec<f64>) -> Self {
        figures.sort_by(f64::total_cmp);
        let at = |at: usize| figures.get(at).copied().unwrap_or_default();
        let half = figures.len() / 2;
        // Of an even number, the mean of the two in the middle.
        let median =
            if figures.len().is_multiple_of(2) { (at(half.saturating_sub(1)) + at(half)) / 2.0 } else { at(half) };
        Self { median, least: at(0), greatest: figures.last().copied().unwrap_or_default() }
    }
}

/// A figure with as many digits as it carries.
pub(crate) fn short(figure: f64) -> String {
    let digits = match figure.abs() {
        n if n >= 100.0 => 0,
        n if n >= 10.0 => 1,
        n if n >= 0.1 || n == 0.0 => 2,
        _ => 3,
    };
    let text = format!("{figure:.digits$}");
    // Thousands apart, as in 12,345.
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("-", whole));
    let groups: Vec<String> =
        whole.as_bytes().rchunks(3).rev().map(|it| String::from_utf8_lossy(it).into_owned()).collect();
    format!("{sign}{}{rest}", groups.join(","))
}

impl Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({}..{})", short(self.median), short(self.least), short(self.greatest))
    }
}
