//! The template of the summary: Markdown with placeholders, `{{name}}`, each of which stands for a text or a part.
//!
//! A text that is put in is never looked at for placeholders again.

use std::path::Path;

use crate::fault::{Fault, Kind, Result};
use crate::yaml::did_you_mean;

/// The template that is used where there is no other.
pub const EMBEDDED: &str = include_str!("../../assets/templates/summary.md");

/// What front matter stands between.
const FENCE: &str = "---\n";

/// A template and where it is from, which errors name.
#[derive(Clone, Copy, Debug)]
pub struct Template<'a> {
    /// Its text.
    pub text: &'a str,
    /// Its file.
    pub path: &'a Path,
}

impl Template<'_> {
    /// The template with these texts in place of its placeholders, blank lines and ends of lines put in order.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] with the line, where a placeholder has another name.
    pub(super) fn fill(&self, texts: &[(&str, String)]) -> Result<String> {
        let (mut out, mut rest) = (String::new(), self.text);
        while let Some((before, name, after)) = placeholder(rest) {
            let (_, text) = texts.iter().find(|(known, _)| *known == name).ok_or_else(|| {
                let at = self.text.len() - rest.len() + before.len();
                self.unknown(name, at, texts)
            })?;
            out.extend([before, text.as_str()]);
            rest = after;
        }
        out.push_str(rest);
        Ok(tidy(&out))
    }

    fn unknown(&self, name: &str, at: usize, texts: &[(&str, String)]) -> Fault {
        let line = 1 + self.text[..at].matches('\n').count();
        let known = || texts.iter().map(|(known, _)| *known);
        let fault = Fault::new(Kind::Unreadable, format!("there is no placeholder {{{{{name}}}}}"));
        let names = known().collect::<Vec<_>>().join(", ");
        did_you_mean(fault.at(self.path).line(line), name, known()).hint(format!("there are: {names}"))
    }
}

/// The next placeholder: what stands before it, its name, what stands behind it.
fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(found) = text[from..].find("{{") {
        let start = from + found;
        let end = text[start..].find("}}").map(|end| start + end)?;
        let name = text[start + 2..end].trim();
        if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
            return Some((&text[..start], name, &text[end + 2..]));
        }
        from = start + 2;
    }
    None
}

/// No blanks at the ends of lines, one blank line at a time, one line end at the end. Front matter stays as it is.
fn tidy(text: &str) -> String {
    let front = text.strip_prefix(FENCE).and_then(|rest| rest.find("\n---\n"));
    let (front, text) = text.split_at(front.map_or(0, |end| FENCE.len() + end + "\n---\n".len()));
    let mut out = String::with_capacity(text.len());
    let mut blanks = 0;
    for line in text.lines().map(str::trim_end) {
        blanks = if line.is_empty() { blanks + 1 } else { 0 };
        let leads = front.is_empty() && out.is_empty() && line.is_empty();
        if blanks < 2 && !leads {
            out.extend([line, "\n"]);
        }
    }
    format!("{front}{}\n", out.trim_end())
}
