//! Two fields in one: `**Severity/status:** P1 / confirmed`.

use super::Field;
use crate::methodology::{FieldKind, Methodology};
use crate::text::Span;

impl Field {
    /// The fields, of which those that say how severe a bug is and what has become of it are each made two.
    pub(super) fn parted(base: &[u8], fields: Vec<Field>, methodology: &Methodology) -> Vec<Field> {
        if !fields.iter().any(|field| field.may_be_paired(base)) {
            return fields;
        }
        let part = |field: Field| match field.pair(base, methodology) {
            Some((first, second)) => [Some(first), Some(second)],
            None => [Some(field), None],
        };
        fields.into_iter().flat_map(part).flatten().collect()
    }

    /// Whether its name may be two.
    pub(super) fn may_be_paired(&self, base: &[u8]) -> bool {
        memchr::memchr(b'/', self.name.of(base)).is_some()
    }

    fn pair(self, base: &[u8], methodology: &Methodology) -> Option<(Field, Field)> {
        let (name, other_name) = halves(base, self.name)?;
        let (value, other_value) = halves(base, self.value)?;
        let kind = |name: Span| methodology.fields().value_of(name.of(base));
        let rates = |name: Span| matches!(kind(name), Some(FieldKind::Severity | FieldKind::Priority));
        let settles = |name: Span| kind(name) == Some(FieldKind::Status);
        let are_both = rates(name) && settles(other_name) || settles(name) && rates(other_name);
        let [first, second] = [(name, value), (other_name, other_value)];
        let field = |(name, value)| Field { name, value, ..self };
        are_both.then(|| (field(first), field(second)))
    }
}

/// What stands before the slash of a text and behind it, where it has one and something stands on both sides.
fn halves(base: &[u8], text: Span) -> Option<(Span, Span)> {
    let mut slashes = memchr::memchr_iter(b'/', text.of(base));
    let (slash, None) = (slashes.next()?, slashes.next()) else { return None };
    let (first, second) = (text.part(0..slash).trim(base), text.part(slash + 1..text.len()).trim(base));
    (!first.is_empty() && !second.is_empty()).then_some((first, second))
}
