//! What the lines are about: another one is said from its beginning, one that comes back only as far as it is new.

use std::mem::Discriminant;

use crate::app::{App, Pane, Popup};
use crate::report::BugIx;

/// What the lines are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scene {
    /// The reports to choose from.
    Lobby,
    /// A report that is being opened.
    Opening,
    /// The list of bugs.
    Desk,
    /// The text of a bug.
    Detail(BugIx),
    /// A popup, and how many lie on the desk with it.
    Popup(usize, Discriminant<Popup>),
}

impl Scene {
    /// The scene of a desk.
    pub(super) fn of(app: &App) -> Scene {
        match (app.popup(), app.ui.pane, app.cursor()) {
            (Some(popup), ..) => Scene::Popup(app.ui.popups.len(), std::mem::discriminant(popup)),
            (None, Pane::Detail, Some(bug)) => Scene::Detail(bug),
            _ => Scene::Desk,
        }
    }

    /// Whether it is before any desk.
    pub(super) fn is_before(self) -> bool {
        matches!(self, Scene::Lobby | Scene::Opening)
    }

    /// Whether it is still there while this one is, under it or as the list that a bug is from.
    pub(super) fn outlasts(self, now: Scene) -> bool {
        self == now || matches!(self, Scene::Desk | Scene::Lobby) || self.depth() < now.depth()
    }

    fn depth(self) -> usize {
        if let Scene::Popup(depth, _) = self { depth } else { 0 }
    }
}
