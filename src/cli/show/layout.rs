//! `regrade show --layout`: what was recognised in a report, and why.

use serde::Serialize;

use super::super::out::Out;
use crate::report::{Form, Report, Shape, Source};
use crate::text::{counted, display};

/// Where a report can say how severe a bug is.
const SOURCES: [Source; 7] = [
    Source::Field,
    Source::Heading,
    Source::Table,
    Source::Item,
    Source::Section,
    Source::Id,
    Source::Nothing,
];

#[derive(Debug, Serialize)]
struct Layout<'a> {
    bugs: usize,
    shapes: Vec<ShownShape>,
    severities: Vec<ShownSource>,
    sections: Vec<ShownSection<'a>>,
    indexes: Vec<ShownIndex>,
}

#[derive(Debug, Serialize)]
struct ShownShape {
    form: &'static str,
    /// Of headings.
    #[serde(skip_serializing_if = "Option::is_none")]
    depth: Option<u8>,
    bugs: usize,
    because: &'static str,
    first_line: usize,
    first: String,
}

#[derive(Debug, Serialize)]
struct ShownSource {
    source: &'static str,
    bugs: usize,
}

#[derive(Debug, Serialize)]
struct ShownSection<'a> {
    line: usize,
    title: String,
    level: &'a str,
    /// What gives its bugs the level: `title`, or a `field` of its own.
    by: &'static str,
}

#[derive(Debug, Serialize)]
struct ShownIndex {
    line: usize,
    rows: usize,
}

pub(super) fn print(report: &Report, out: &mut Out) {
    let layout = Layout::of(report);
    match out.is_json() {
        true => out.json(&layout),
        false => layout.print(out),
    }
}

impl<'a> Layout<'a> {
    fn of(report: &'a Report) -> Layout<'a> {
        let sources = SOURCES.into_iter().map(|source| ShownSource {
            source: source.name(),
            bugs: report.bugs().iter().filter(|bug| bug.source == source).count(),
        });
        let sections = report.sections().iter().filter_map(|section| {
            let level = report.methodology().level(section.level?).key.as_str();
            let title = display::visible(section.title.of(report.base()));
            let by = if section.is_rated() { "field" } else { "title" };
            Some(ShownSection { line: report.line_of(section.heading.start), title, level, by })
        });
        let indexes = report.tables().filter(|(_, rows)| *rows > 0);
        let indexes = indexes.map(|(at, rows)| ShownIndex { line: report.line_of(at), rows });
        Layout {
            bugs: report.len(),
            shapes: report.shapes().iter().map(|shape| ShownShape::of(report, shape)).collect(),
            severities: sources.filter(|source| source.bugs > 0).collect(),
            sections: sections.collect(),
            indexes: indexes.collect(),
        }
    }

    fn print(&self, out: &mut Out) {
        if self.bugs == 0 {
            out.line("no bugs found: nothing in the report has the shape of one");
        }
        for shape in &self.shapes {
            out.line(shape.line());
        }
        let sources = self.severities.iter().map(|source| format!("{} {}", source.source, source.bugs));
        if !self.severities.is_empty() {
            out.line(format_args!("severity from: {}", sources.collect::<Vec<_>>().join(", ")));
        }
        for section in &self.sections {
            let kind = if section.by == "field" { "section rated by a field" } else { "section by severity" };
            out.line(format_args!("{kind}: line {}, {} ({})", section.line, section.title, section.level));
        }
        for index in &self.indexes {
            let rows = counted(index.rows, "row");
            out.line(format_args!(
                "index: the table at line {}, {rows} about bugs told elsewhere",
                index.line
            ));
        }
    }
}

impl ShownShape {
    fn of(report: &Report, shape: &Shape) -> ShownShape {
        ShownShape {
            form: shape.form.name(),
            depth: (shape.form == Form::Heading).then_some(shape.depth),
            bugs: shape.bugs,
            because: shape.why.words(),
            first_line: report.line_of(report.bug(shape.first).block.start),
            first: display::visible(report.handle(shape.first).as_bytes()),
        }
    }

    fn line(&self) -> String {
        let what = match self.depth {
            Some(depth) => format!("{} of depth {depth}", counted(self.bugs, self.form)),
            None => counted(self.bugs, self.form),
        };
        format!("bugs: {what}, because {}; first at line {}, {}", self.because, self.first_line, self.first)
    }
}
