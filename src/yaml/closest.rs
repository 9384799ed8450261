//! Advice on an unknown name: which known ones it is nearest to.

use crate::fault::Fault;
use crate::text::closest;

/// Adds the closest names to a fault about an unknown one; nothing when none is close.
#[must_use]
pub fn did_you_mean<'a>(fault: Fault, wanted: &str, among: impl IntoIterator<Item = &'a str>) -> Fault {
    let near = closest(wanted, among);
    match near.is_empty() {
        true => fault,
        false => fault.hint(format!("did you mean `{}`?", near.join("` or `"))),
    }
}
