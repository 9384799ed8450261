//! The key map: which keys do what, as a tree. An action is a leaf; a key that others follow waits for them.
//!
//! What is pressed does one thing at most, and what does something begins nothing else, in every map that exists.

use std::collections::HashMap;

use super::binding::{self, Binding};
use super::file::SettingsFile;
use super::{Action, Key, Preset, Sequence};
use crate::fault::{Fault, Result};
use crate::methodology::Methodology;

/// Which keys do what.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    root: Branch,
    sequences: HashMap<Action, Vec<Sequence>>,
}

/// What keys that were pressed one after the other do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// This.
    Action(Action),
    /// They begin something, and further keys say what.
    Prefix,
    /// Nothing.
    Nothing,
}

type Branch = HashMap<Key, Node>;

#[derive(Clone, Debug)]
enum Node {
    Leaf(Action),
    Branch(Branch),
}

/// A key that may follow, and what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follows {
    /// This.
    Action(Action),
    /// It goes on to so many actions.
    Prefix(usize),
}

impl Keymap {
    /// What keys that were pressed one after the other do.
    pub fn find(&self, keys: &[Key]) -> Found {
        let mut branch = &self.root;
        for (at, key) in keys.iter().enumerate() {
            match branch.get(key) {
                Some(Node::Branch(next)) => branch = next,
                Some(Node::Leaf(action)) if at + 1 == keys.len() => return Found::Action(*action),
                _ => return Found::Nothing,
            }
        }
        Found::Prefix
    }

    /// What this key does by itself.
    pub fn action(&self, key: Key) -> Option<Action> {
        match self.find(&[key]) {
            Found::Action(action) => Some(action),
            Found::Prefix | Found::Nothing => None,
        }
    }

    /// What is pressed for this, the sequence to show first; none when it is not bound.
    pub fn keys(&self, action: Action) -> &[Sequence] {
        self.sequences.get(&action).map_or(&[], Vec::as_slice)
    }

    /// Every action that is bound with what is pressed for it, in the order of the help.
    pub fn bindings(&self) -> impl Iterator<Item = (Action, &[Sequence])> {
        Action::all().map(|action| (action, self.keys(action))).filter(|(_, keys)| !keys.is_empty())
    }

    /// What may follow keys that begin something, in the order of the help.
    pub fn following(&self, prefix: &[Key]) -> Vec<(Key, Follows)> {
        let mut branch = &self.root;
        for key in prefix {
            match branch.get(key) {
                Some(Node::Branch(next)) => branch = next,
                _ => return Vec::new(),
            }
        }
        let mut following: Vec<_> =
            branch.iter().map(|(key, node)| (node.first(), *key, node.follows())).collect();
        following.sort_by_key(|(first, key, _)| (*first, *key));
        following.into_iter().map(|(_, key, follows)| (key, follows)).collect()
    }

    /// A preset with the files laid over it in order. A file's keys for an action replace those it had;
    /// levels that the methodology does not have get none.
    pub(super) fn of(files: &[SettingsFile], preset: Preset, methodology: &Methodology) -> Result<Keymap> {
        let (map, faults) = Keymap::tried(files, preset, Some(methodology));
        faults.into_iter().next().map_or(Ok(map), Err)
    }

    /// All that is wrong with the keys of files; without a methodology, whichever keys it may take.
    pub(super) fn faults(
        files: &[SettingsFile],
        preset: Preset,
        methodology: Option<&Methodology>,
    ) -> Vec<Fault> {
        Keymap::tried(files, preset, methodology).1
    }

    fn tried(
        files: &[SettingsFile],
        preset: Preset,
        methodology: Option<&Methodology>,
    ) -> (Keymap, Vec<Fault>) {
        let (mut map, mut faults) = (Keymap::default(), Vec::new());
        for binding in binding::all(files, preset, methodology, &mut faults) {
            if let Err(clash) = map.bind(&binding) {
                faults.push(binding::fault(&clash, &binding, files, methodology));
            }
        }
        (map, faults)
    }

    fn bind(&mut self, binding: &Binding<'_>) -> std::result::Result<(), Clash> {
        for (index, sequence) in binding.sequences.iter().enumerate() {
            let (last, before) = sequence.keys().split_last().expect("a sequence has one key at least");
            let mut branch = &mut self.root;
            for (at, key) in before.iter().enumerate() {
                match branch.entry(*key).or_insert_with(|| Node::Branch(Branch::new())) {
                    Node::Branch(next) => branch = next,
                    Node::Leaf(other) => {
                        return Err(Clash { index, other: *other, keys: at + 1, begins: false });
                    }
                }
            }
            if let Some(node) = branch.get(last) {
                let begins = matches!(node, Node::Branch(_));
                return Err(Clash { index, other: node.first(), keys: sequence.keys().len(), begins });
            }
            branch.insert(*last, Node::Leaf(binding.action));
        }
        self.sequences.insert(binding.action, binding.sequences.clone());
        Ok(())
    }
}

/// The first keys of a sequence already do or begin something else.
pub(super) struct Clash {
    /// Which sequence of its action it is.
    pub(super) index: usize,
    /// What they do, or one of those that they begin.
    pub(super) other: Action,
    /// How many keys of the sequence it takes.
    pub(super) keys: usize,
    /// Whether they are a whole sequence that begins another one.
    pub(super) begins: bool,
}

impl Node {
    /// The first of its actions.
    fn first(&self) -> Action {
        let leaves = self.leaves();
        leaves.into_iter().min().expect("a branch is made for a leaf")
    }

    fn follows(&self) -> Follows {
        match self {
            Node::Leaf(action) => Follows::Action(*action),
            Node::Branch(_) => Follows::Prefix(self.leaves().len()),
        }
    }

    fn leaves(&self) -> Vec<Action> {
        match self {
            Node::Leaf(action) => vec![*action],
            Node::Branch(branch) => branch.values().flat_map(Node::leaves).collect(),
        }
    }
}
