//! Scales that begin at 0: `SEV-0` is the most severe level where others begin at `SEV-1`.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::Methodology;
use crate::yaml::{Document, read};

/// What codes of such scales begin with.
const CODES: [&str; 4] = ["S", "Sev", "Sev ", "Severity "];

/// The last number of such codes.
const LAST: usize = 5;

/// The same methodology for reports whose codes begin at 0, made when it is first asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct FromZero(OnceLock<Option<Arc<Methodology>>>);

impl Methodology {
    /// The same, but for the codes `SEV-0` and `S0`, which are of the most severe level alone, as `SEV-1` is of the next.
    /// `None` where the methodology tells 0 from 1 already, or calls levels of its own so.
    pub fn counted_from_zero(&self) -> Option<Arc<Methodology>> {
        self.from_zero.0.get_or_init(|| self.recounted().map(Arc::new)).clone()
    }

    fn recounted(&self) -> Option<Methodology> {
        let is_own = |code: &str| {
            self.levels
                .iter()
                .any(|level| [&level.key, &level.name].iter().any(|own| own.eq_ignore_ascii_case(code)))
        };
        let named = |number: usize| CODES.map(|code| format!("{code}{number}"));
        let are_one = named(0).iter().zip(&named(1)).all(|(zero, one)| {
            self.level_named(zero).is_some() && self.level_named(zero) == self.level_named(one)
        });
        if !are_one || (0..=LAST).flat_map(named).any(|code| is_own(&code)) {
            return None;
        }
        let last = self.levels.len() - 1;
        let codes =
            |rank: usize| (0..=LAST).filter(move |number| (*number).min(last) == rank).flat_map(named);
        let entry = |(rank, level): (usize, &super::Level)| {
            let codes: Vec<String> = codes(rank).map(|code| format!("{code:?}")).collect();
            format!("  {:?}: {{aliases: [{}]}}\n", level.key, codes.join(", "))
        };
        let levels: String =
            self.levels.iter().enumerate().filter(|(rank, _)| *rank <= LAST).map(entry).collect();
        let (text, path) = (format!("levels:\n{levels}"), Path::new("methodology.yaml"));
        let overrides: Option<super::Overrides> = read(&text, path).ok()?;
        let built = self.overridden(&overrides?, &Document::new(&text, path), &[]).ok()?;
        Some(Methodology { sources: self.sources.clone(), ..built })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_begin_at_zero_are_one_level_more_severe_than_others() {
        let usual = Methodology::embedded();
        let methodology = usual.counted_from_zero().expect("0 and 1 are one level in it");
        let read = |text: &str| methodology.read_level(text.as_bytes()).map(|found| found.level.0);
        assert_eq!(
            ["SEV-0", "S1", "sev 2", "Severity 3", "S4", "S5"].map(read),
            [0, 1, 2, 3, 3, 3].map(Some)
        );
        assert_eq!(["P0", "High", "🟡", "P4"].map(read), [0, 1, 2, 3].map(Some));
        assert!(methodology.counted_from_zero().is_none(), "it tells them already");
        assert_eq!(methodology.sources(), usual.sources());
        let own = Methodology::from_yaml("levels:\n  P2: {key: S3}\n", Path::new("m.yaml")).expect("good");
        assert!(own.counted_from_zero().is_none(), "S3 is what the team calls a level");
    }
}
