//! Links and images: what they say, and where they lead.

use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::display;

/// How many columns the target of a link takes at most, and at least where it has so many.
const MOST: usize = 60;
const LEAST: usize = 16;

/// A link or an image whose text is being read.
pub(super) struct Link {
    /// Where it leads.
    pub(super) target: String,
    /// Where in the running text its own begins.
    pub(super) from: usize,
    /// Whether it is an image.
    pub(super) is_image: bool,
}

impl Link {
    /// Its target as it is shown behind its text, in so many columns; `None` where there is none, or the text
    /// says it.
    pub(super) fn shown(&self, text: &[Span<'static>], room: usize) -> Option<String> {
        let target = display::brief(&self.target);
        let said: String = text.iter().map(|span| span.content.as_ref()).collect();
        let is_said = said == target || target.strip_prefix("mailto:") == Some(&said);
        let room = room.saturating_sub(3).clamp(LEAST, MOST);
        (!target.is_empty() && !is_said).then(|| format!(" ({})", shortened(&target, room)))
    }
}

/// The beginning and the end of a target that is too long, which say most of where it leads.
fn shortened(target: &str, most: usize) -> String {
    if display::width(target) <= most {
        return target.to_owned();
    }
    let mut taken = 0;
    let fits = target.graphemes(true).rev().take_while(|cluster| {
        taken += display::width(cluster);
        taken <= most / 3
    });
    let end: usize = fits.map(str::len).sum();
    format!("{}{}", display::clip(target, most - most / 3), &target[target.len() - end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reviewer would not see that a link leads to another host, or to which file there.
    #[test]
    fn a_long_target_is_cut_in_the_middle_and_said_to_be() {
        assert_eq!(shortened("https://example.org/a/b", 30), "https://example.org/a/b");
        let long = format!("https://example.org/{}/file.rs#L10", "deep/".repeat(40));
        assert_eq!(shortened(&long, 30), "https://example.org…ile.rs#L10");
        assert!(display::width(&shortened(&"日本".repeat(60), 30)) <= 30);
    }
}
