//! What reading the corpus must reach. A floor is set to what has been reached and is only ever raised.

/// Shares in percent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Floors {
    /// Of the bugs there are, those found.
    pub(super) recall: f64,
    /// Of the bugs found, those there are.
    pub(super) precision: f64,
    /// The smaller of both, in the document where it is smallest.
    pub(super) document: f64,
    /// Of the bugs found, those with the right level; and so on.
    pub(super) level: f64,
    pub(super) id: f64,
    pub(super) title: f64,
    pub(super) source: f64,
    pub(super) status: f64,
}

/// What is reached.
pub(super) const FLOORS: Floors = Floors {
    recall: 99.8,
    precision: 99.7,
    document: 96.5,
    level: 98.1,
    id: 99.9,
    title: 99.6,
    source: 96.1,
    status: 94.0,
};
