//! The prose of a rule, taken apart by its headings, and the handbook that is made of all of it.

use std::fmt::Write as _;

use super::{ALL, Effect, Rule, penalty, precedents};

/// The prose of one version of a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// The law.
    pub law: String,
    /// An example that is allowed.
    pub allowed: String,
    /// An example that is refused.
    pub refused: String,
    /// On what lawyers differ, and the reading taken.
    pub doubt: Option<String>,
    /// What it rests on besides the provision.
    pub references: Option<String>,
}

impl Rule {
    /// The prose under its headings, each paragraph on one line.
    #[must_use]
    pub fn prose(&self) -> Prose {
        let mut prose = Prose::default();
        for (index, section) in format!("\n{}", self.docs).split("\n ## ").enumerate() {
            let (heading, text) = if index == 0 { ("", section) } else { section.split_once('\n').unwrap_or_default() };
            let text = unwrapped(text);
            match heading.trim() {
                "Allowed" => prose.allowed = text,
                "Refused" => prose.refused = text,
                "Doubt" => prose.doubt = Some(text),
                "References" => prose.references = Some(text),
                _ => prose.law = text,
            }
        }
        prose
    }
}

fn unwrapped(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
    paragraphs.filter(|paragraph| !paragraph.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The versions of the rule with this id, the present one first.
#[must_use]
pub fn versions(id: &str) -> Vec<&'static Rule> {
    let mut versions: Vec<_> = ALL.iter().copied().filter(|rule| rule.id == id).collect();
    versions.sort_by_key(|rule| std::cmp::Reverse(rule.in_force.from));
    versions
}

/// The whole rulebook in Markdown: `docs/rules.md`.
#[must_use]
pub fn handbook() -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write_handbook(&mut text);
    text
}

fn write_handbook(text: &mut String) -> std::fmt::Result {
    writeln!(text, "# The rulebook of {}\n", super::RULEBOOK)?;
    writeln!(text, "Generated from the rules themselves: `UPDATE=1 cargo test generated` rewrites this page.\n")?;
    writeln!(
        text,
        "Every rule in order of precedence, with its effect. *Differs* marks a point on which lawyers differ:"
    )?;
    writeln!(text, "the conservative reading applies the rule, the literal one only warns")?;
    writeln!(
        text,
        "([all such points](policy-profiles.md)). Rules that begin with `house.` are [the sender's own](house-rules.md).\n"
    )?;
    writeln!(text, "| rule | effect | level | provision |\n|---|---|---|---|")?;
    let mut listed = Vec::new();
    for rule in ALL {
        if listed.contains(&rule.id) {
            continue;
        }
        listed.push(rule.id);
        let Some(rule) = versions(rule.id).first().copied() else { continue };
        let differs = if rule.differs { " *differs*" } else { "" };
        let (effect, level) = (effect(rule), rule.level.as_str());
        let cited = format!("{} {}", rule.citation.instrument, rule.citation.provision);
        writeln!(text, "| [`{0}`](#{0}) | {effect}{differs} | {level} | {cited} |", rule.id)?;
    }
    write_penalties(text)?;
    for id in listed {
        writeln!(text, "\n<a id=\"{id}\"></a>\n## `{id}`")?;
        versions(id).iter().try_for_each(|rule| write_rule(text, rule))?;
        write_precedents(text, id)?;
    }
    Ok(())
}

fn write_precedents(text: &mut String, id: &str) -> std::fmt::Result {
    let precedents = precedents::on(id);
    if !precedents.is_empty() {
        writeln!(text, "\n**Published enforcement.**\n")?;
    }
    for precedent in precedents {
        let limbs = precedent.place.limbs;
        let limbs = if limbs.is_empty() { String::new() } else { format!(" `{}`", limbs.join("`, `")) };
        writeln!(text, "- {precedent}.{limbs} [Source]({}).", precedent.ruling.source)?;
    }
    Ok(())
}

fn write_penalties(text: &mut String) -> std::fmt::Result {
    writeln!(text, "\n## What a breach may cost\n")?;
    writeln!(text, "The most that the regulator may impose, by the day of the breach.\n")?;
    writeln!(text, "| from | until (excluded) | the most | on what condition | provision |\n|---|---|---|---|---|")?;
    for penalty in penalty::ALL {
        let days = penalty.in_force;
        let until = days.until.map_or_else(String::new, |until| until.to_string());
        let (maximum, condition) = (penalty.maximum, penalty.condition.unwrap_or_default());
        let cited = penalty.citation;
        let cited = format!("[{} {}]({})", cited.instrument, cited.provision, cited.url);
        writeln!(text, "| {} | {until} | {maximum} | {condition} | {cited} |", days.from)?;
    }
    Ok(())
}

fn effect(rule: &Rule) -> String {
    let others: Vec<String> = rule.effect.others().iter().map(|other| format!("`{other}`")).collect();
    match rule.effect {
        Effect::Condition { .. } => format!("must be met for {} to be met", others.join(", ")),
        Effect::Exception { .. } => format!("lifts {}", others.join(", ")),
        Effect::Outside | Effect::Scope | Effect::Requirement | Effect::Advice => rule.effect.describe().to_owned(),
    }
}

fn write_rule(text: &mut String, rule: &Rule) -> std::fmt::Result {
    let prose = rule.prose();
    let until = rule.in_force.until.map_or_else(String::new, |until| format!(" until {until} (excluded)"));
    let citation = rule.citation;
    writeln!(text, "\n{}\n", rule.statement)?;
    let cited = format!("{} {}", citation.instrument, citation.provision);
    // A path is one of the service's, and leads nowhere from here.
    let cited = if citation.url.starts_with('/') { cited } else { format!("[{cited}]({})", citation.url) };
    writeln!(text, "In force from {}{until}. {cited}.", rule.in_force.from)?;
    writeln!(text, "\n{}\n\n**Allowed.** {}\n\n**Refused.** {}", prose.law, prose.allowed, prose.refused)?;
    if let Some(doubt) = &prose.doubt {
        writeln!(text, "\n**Doubt.** {doubt}")?;
    }
    if let Some(references) = &prose.references {
        writeln!(text, "\n**References.** {references}")?;
    }
    writeln!(text, "\n| limb | holds when | fails when |\n|---|---|---|")?;
    rule.limbs.iter().try_for_each(|limb| writeln!(text, "| {} | {} | {} |", limb.id, limb.holds, limb.fails))
}
