//! Plots as SVG: lines over two axes that go up by factors, drawn by hand so that nothing is needed for them.

use std::fmt::Write as _;

use crate::figures::Spread;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 440.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 170.0;
const TOP: f64 = 46.0;
const BOTTOM: f64 = 56.0;
/// Told apart by people who see few colours as well.
const COLOURS: [&str; 6] = ["#0072b2", "#666666", "#d55e00", "#009e73", "#cc79a7", "#e69f00"];

/// A plot.
#[derive(Debug)]
pub(crate) struct Plot {
    pub(crate) title: String,
    pub(crate) across: &'static str,
    pub(crate) up: &'static str,
    pub(crate) lines: Vec<Line>,
}

/// A line of a plot.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) name: String,
    /// Which of the colours.
    pub(crate) colour: usize,
    pub(crate) dashed: bool,
    pub(crate) points: Vec<(f64, Spread)>,
}

/// An axis that goes up by factors.
struct Axis {
    least: f64,
    greatest: f64,
    from: f64,
    to: f64,
}

impl Axis {
    fn over(figures: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
        let (mut least, mut greatest) = (f64::MAX, f64::MIN_POSITIVE);
        figures.filter(|figure| *figure > 0.0).for_each(|figure| {
            (least, greatest) = (least.min(figure), greatest.max(figure));
        });
        Self { least: least.min(greatest) / 1.15, greatest: greatest * 1.15, from, to }
    }

    fn at(&self, figure: f64) -> f64 {
        let part = (figure.max(self.least) / self.least).ln() / (self.greatest / self.least).ln();
        self.from + part * (self.to - self.from)
    }

    /// Where lines are drawn: at 1, 2 and 5 of every power of ten, or at 1 alone where there are many.
    fn marks(&self) -> Vec<f64> {
        let powers = (self.least.log10().floor() as i32)..=(self.greatest.log10().ceil() as i32);
        let steps: &[f64] = if (self.greatest / self.least).log10() > 3.0 { &[1.0] } else { &[1.0, 2.0, 5.0] };
        let marks = powers.flat_map(|power| steps.iter().map(move |step| step * 10_f64.powi(power)));
        marks.filter(|mark| (self.least..=self.greatest).contains(mark)).collect()
    }
}

impl Plot {
    /// The plot as the text of an SVG file.
    pub(crate) fn svg(&self) -> Result<String, std::fmt::Error> {
        let points = || self.lines.iter().flat_map(|line| &line.points);
        let x = Axis::over(points().map(|(x, _)| *x), LEFT, WIDTH - RIGHT);
        let y = Axis::over(points().flat_map(|(_, y)| [y.least, y.greatest]), HEIGHT - BOTTOM, TOP);
        let mut svg = String::new();
        writeln!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" \
             font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n\
             <text x=\"{LEFT}\" y=\"24\" font-size=\"15\">{}</text>",
            self.title
        )?;
        for mark in x.marks() {
            let (at, bottom) = (x.at(mark), HEIGHT - BOTTOM);
            writeln!(svg, "<path d=\"M{at:.1} {TOP}V{bottom}\" stroke=\"#ddd\"/>")?;
            writeln!(svg, "<text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>", bottom + 18.0, plain(mark))?;
        }
        for mark in y.marks() {
            let (at, right) = (y.at(mark), WIDTH - RIGHT);
            writeln!(svg, "<path d=\"M{LEFT} {at:.1}H{right}\" stroke=\"#ddd\"/>")?;
            writeln!(
                svg,
                "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                LEFT - 8.0,
                at + 4.0,
                plain(mark)
            )?;
        }
        let middle = (LEFT + WIDTH - RIGHT) / 2.0;
        writeln!(svg, "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{}</text>", HEIGHT - 14.0, self.across)?;
        let middle = (TOP + HEIGHT - BOTTOM) / 2.0;
        let turned = format!("transform=\"rotate(-90 18 {middle})\"");
        writeln!(svg, "<text x=\"18\" y=\"{middle}\" text-anchor=\"middle\" {turned}>{}</text>", self.up)?;
        for (number, line) in self.lines.iter().enumerate() {
            line.draw(&mut svg, &x, &y, TOP + 10.0 + 20.0 * number as f64)?;
        }
        Ok(svg + "</svg>\n")
    }
}

impl Line {
    /// The line, how far its figures were apart at each point, and its name at the side.
    fn draw(&self, svg: &mut String, x: &Axis, y: &Axis, legend: f64) -> std::fmt::Result {
        let colour = COLOURS.iter().cycle().nth(self.colour).copied().unwrap_or_default();
        let dash = if self.dashed { " stroke-dasharray=\"6 4\"" } else { "" };
        let stroke = format!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dash}");
        let path: Vec<String> =
            self.points.iter().map(|(at, figure)| format!("{:.1} {:.1}", x.at(*at), y.at(figure.median))).collect();
        writeln!(svg, "<path d=\"M{}\" {stroke}/>", path.join("L"))?;
        for (at, figure) in &self.points {
            let (at, least, greatest) = (x.at(*at), y.at(figure.least), y.at(figure.greatest));
            writeln!(svg, "<path d=\"M{at:.1} {least:.1}V{greatest:.1}\" stroke=\"{colour}\" stroke-width=\"1\"/>")?;
            writeln!(svg, "<circle cx=\"{at:.1}\" cy=\"{:.1}\" r=\"3\" fill=\"{colour}\"/>", y.at(figure.median))?;
        }
        let side = WIDTH - RIGHT + 14.0;
        writeln!(svg, "<path d=\"M{side} {legend}h24\" {stroke}/>")?;
        writeln!(svg, "<text x=\"{}\" y=\"{}\">{}</text>", side + 30.0, legend + 4.0, self.name)
    }
}

/// 1k and 10M for large numbers.
fn plain(mark: f64) -> String {
    match mark {
        n if n >= 1e6 => format!("{}M", (n / 1e6).round()),
        n if n >= 1e3 => format!("{}k", (n / 1e3).round()),
        n if n >= 1.0 => format!("{}", n.round()),
        n => format!("{n:.3}").trim_end_matches('0').to_owned(),
    }
}
