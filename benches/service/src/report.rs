//! What is told of a run: tables and plots, made of the CSV alone, so that prose and figures do not drift apart.

mod bars;
mod tables;

use std::{fs, path::Path};

use crate::{
    Outcome,
    figures::{Rows, Spread},
    plot::{Line, Plot},
    settings::Settings,
};

/// The files of figures, in the order of the report.
const CSV: [&str; 5] = ["check-load", "rates", "campaign", "events", "reads-while-writing"];

/// Prints the tables of what there is, and draws it.
pub(crate) fn print(settings: &Settings) -> Outcome<()> {
    for (name, text) in tables::all(&settings.out)? {
        println!("\n## {name}\n\n{text}");
    }
    draw(&settings.out)?;
    println!("\nThe figures lie in {} as CSV, the plots as SVG.", settings.out.display());
    Ok(())
}

/// Takes figures, tables and plots into `docs/performance.md` and the folder beside it.
pub(crate) fn publish(settings: &Settings) -> Outcome<()> {
    let folder = settings.root.join("docs/performance");
    fs::create_dir_all(&folder)?;
    for name in CSV.iter().map(|name| format!("{name}.csv")).chain(["machine.json".to_owned()]) {
        let from = settings.out.join(&name);
        if from.exists() {
            fs::copy(from, folder.join(name))?;
        }
    }
    draw(&folder)?;
    let page = settings.root.join("docs/performance.md");
    let mut text = fs::read_to_string(&page)?;
    for (name, table) in tables::all(&folder)? {
        text = between_marks(&text, name, &table)?;
    }
    fs::write(&page, text)?;
    println!("wrote {} and {}", page.display(), folder.display());
    Ok(())
}

/// Puts a table between the marks that bear its name.
fn between_marks(text: &str, name: &str, table: &str) -> Outcome<String> {
    let (begin, end) = (format!("<!-- figures: {name} -->\n"), "<!-- end -->");
    let (before, rest) =
        text.split_once(&begin).ok_or_else(|| format!("docs/performance.md has no `{}`", begin.trim()))?;
    let (_, after) = rest.split_once(end).ok_or_else(|| format!("`{}` has no end", begin.trim()))?;
    Ok(format!("{before}{begin}{table}{end}{after}"))
}

/// Draws what there is.
fn draw(folder: &Path) -> Outcome<()> {
    if let Some(rows) = Rows::read(folder, "check-load") {
        fs::write(folder.join("cost.svg"), cost(&rows).svg()?)?;
    }
    if let Some(rows) = Rows::read(folder, "rates") {
        fs::write(folder.join("latency.svg"), latency(&rows).svg()?)?;
    }
    Ok(())
}

/// The systems, in the order of their colours.
const SYSTEMS: [&str; 6] = ["maysend", "ceiling", "cerbos", "redis", "postgres", "ceiling-long"];

fn cost(rows: &Rows) -> Plot {
    let groups = rows.by(&["system", "recipients"]);
    let mut lines = Vec::new();
    for (colour, name) in SYSTEMS.into_iter().enumerate() {
        let of_it = groups.iter().filter(|(key, _)| key.first().is_some_and(|system| system == name));
        let mut points: Vec<(f64, Spread)> = of_it
            .map(|(key, group)| {
                let recipients = key.get(1).and_then(|it| it.parse().ok()).unwrap_or_default();
                (recipients, rows.spread_of(group, |row| rows.number(row, "server_us") + rows.number(row, "store_us")))
            })
            .collect();
        points.sort_by(|one, other| one.0.total_cmp(&other.0));
        lines.extend((!points.is_empty()).then(|| Line { name: name.into(), colour, dashed: false, points }));
    }
    // Whoever was measured on one ledger only is drawn across, to compare with.
    let all: Vec<f64> = lines.iter().flat_map(|line| &line.points).map(|(x, _)| *x).collect();
    let (least, greatest) = (all.iter().copied().fold(f64::MAX, f64::min), all.iter().copied().fold(0.0, f64::max));
    for line in lines.iter_mut().filter(|line| line.name != "maysend") {
        if let [(_, figure)] = *line.points.as_slice() {
            (line.dashed, line.points) = (true, vec![(least, figure), (greatest, figure)]);
        }
    }
    Plot {
        title: "Processor time of a check, store included".into(),
        across: "recipients in the ledger (the others: measured at one size)",
        up: "microseconds of CPU a request",
        lines,
    }
}

fn latency(rows: &Rows) -> Plot {
    let groups = rows.by(&["system", "rate"]);
    let mut lines = Vec::new();
    for (colour, name) in SYSTEMS.into_iter().enumerate() {
        for (column, dashed) in [("p99_ms", false), ("p50_ms", true)] {
            let of_it = groups.iter().filter(|(key, _)| key.first().is_some_and(|system| system == name));
            let points: Vec<(f64, Spread)> = of_it
                .map(|(key, group)| {
                    let rate = key.get(1).and_then(|it| it.parse().ok()).unwrap_or_default();
                    (rate, rows.spread(group, column))
                })
                .collect();
            let percentile = if dashed { "p50" } else { "p99" };
            lines.extend((!points.is_empty()).then(|| Line {
                name: format!("{name}, {percentile}"),
                colour,
                dashed,
                points,
            }));
        }
    }
    Plot {
        title: "Latency at a fixed rate, counted from when each request was due".into(),
        across: "checks a second",
        up: "milliseconds",
        lines,
    }
}
