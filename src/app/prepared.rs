//! A session with what the desk keeps of all its bugs: made beside the desk, since that takes longer for a longer
//! report, so that the desk goes on with it at once.

use super::{Earlier, View};
use crate::triage::Session;

/// A session that a desk can go on with at once.
#[derive(Debug)]
pub struct Prepared {
    /// The report with its decisions.
    pub session: Session,
    /// Every bug of it.
    pub view: View,
    /// How many bugs each level has: as the report has it, and with the pending decisions.
    pub counts: Vec<(usize, usize)>,
    /// What the log says of each bug.
    pub earlier: Earlier,
}

impl Prepared {
    /// Prepares a session.
    pub fn of(session: Session) -> Prepared {
        let (view, counts) = (View::of(session.report()), session.counts());
        let earlier = Earlier::of(session.past());
        Prepared { session, view, counts, earlier }
    }
}
