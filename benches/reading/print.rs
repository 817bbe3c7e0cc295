//! Tables in plain text.

/// Prints a title and rows in columns: the first to the left, the others to the right. A row of fewer cells leaves the
/// last ones empty.
pub(crate) fn table(title: &str, head: &[&str], rows: &[Vec<String>]) {
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    let rule = |width: usize| "-".repeat(width);
    let all: Vec<&Vec<String>> = std::iter::once(&head).chain(rows).collect();
    let widths: Vec<usize> =
        (0..head.len()).map(|column| all.iter().map(|row| width(row, column)).max().unwrap_or(0)).collect();
    println!("\n{title}");
    for (index, row) in all.iter().enumerate() {
        let cells = widths.iter().enumerate().map(|(column, width)| {
            let cell = row.get(column).map_or("", String::as_str);
            if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        println!("  {}", cells.collect::<Vec<_>>().join("  ").trim_end());
        if index == 0 {
            println!("  {}", widths.iter().map(|width| rule(*width)).collect::<Vec<_>>().join("  "));
        }
    }
}

fn width(row: &[String], column: usize) -> usize {
    row.get(column).map_or(0, |cell| cell.chars().count())
}

/// `12/14  86%`.
pub(crate) fn share(part: usize, whole: usize) -> String {
    if whole == 0 { "-".to_owned() } else { format!("{part}/{whole} {:>4.0}%", 100.0 * ratio(part, whole)) }
}

#[expect(clippy::cast_precision_loss, reason = "the counts are of messages in a file")]
pub(crate) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// `.857`.
pub(crate) fn decimal(figure: f64) -> String {
    if figure.is_nan() { "-".to_owned() } else { format!("{figure:.3}") }
}
