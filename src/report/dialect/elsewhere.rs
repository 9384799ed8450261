//! The words that a report has for each status where it writes one beside the first: behind titles, and in the columns
//! of index tables.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::EXAMPLES;
use super::status::{analogous, usual_words};
use crate::report::table::{cells, plain};
use crate::report::{Report, without_remark};
use crate::text::{Span, line};

/// The sort of place that a status is written at beside the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::report) enum Site {
    /// Beside a title.
    Title,
    /// The column of statuses of the table that starts there.
    Column(u32),
}

/// What stands at such places; looked up when it is first asked for.
pub(in crate::report) struct Statuses<'a> {
    report: &'a Report,
    written: RwLock<HashMap<Site, Arc<Vec<String>>>>,
}

impl<'a> Statuses<'a> {
    pub(in crate::report) fn of(report: &'a Report) -> Statuses<'a> {
        Statuses { report, written: RwLock::default() }
    }

    /// What is written for a status that is elsewhere written as `value`, instead of these words: as the report has it at
    /// such places, else in the style of what stands there.
    pub(in crate::report) fn instead_of(&self, written: &str, site: Site, value: &str) -> String {
        let methodology = self.report.methodology();
        let Some(found) = methodology.read_status(value.as_bytes()) else { return value.to_owned() };
        let name = value[found.span.start..found.span.end].trim();
        let others = self.written_at(site);
        let usual = usual_words(
            methodology,
            others.iter().map(String::as_str),
            std::iter::empty(),
            (found.status, name),
        );
        usual.unwrap_or_else(|| {
            let word = name.trim_start_matches(|letter: char| !letter.is_alphanumeric());
            let name = if word.is_empty() { &methodology.status(found.status).name } else { word };
            analogous(methodology, without_remark(written), found.status, name)
        })
    }

    fn written_at(&self, site: Site) -> Arc<Vec<String>> {
        let known = self.written.read().unwrap_or_else(PoisonError::into_inner).get(&site).cloned();
        known.unwrap_or_else(|| {
            let found = Arc::new(self.find(site));
            let mut written = self.written.write().unwrap_or_else(PoisonError::into_inner);
            written.entry(site).or_insert(found).clone()
        })
    }

    fn find(&self, site: Site) -> Vec<String> {
        let report = self.report;
        let bare = |span: Span| without_remark(&report.text(span)).to_owned();
        match site {
            Site::Title => {
                let entries = report.indexes().take(EXAMPLES).filter_map(|bug| report.entry(bug));
                entries.map(|entry| entry.status).filter(|status| !status.is_empty()).map(bare).collect()
            }
            Site::Column(at) => {
                let base = report.base();
                let Some(table) = report.table_at(at) else { return Vec::new() };
                let Some(column) = table.columns.status else { return Vec::new() };
                let rows = line::lines(base, Span::new(table.delimiter.end, table.span.end)).skip(1);
                let column = rows.take(EXAMPLES).filter_map(|row| cells(base, row.text).get(column).copied());
                column.map(|cell| bare(plain(base, cell))).collect()
            }
        }
    }
}
