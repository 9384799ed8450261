//! What a person probably meant: the known names nearest to an unknown one.

/// How long a name is compared with others, in bytes.
const LONGEST: usize = 256;

/// The names at most a few slips of the finger away from `wanted`, nearest first, three at most.
pub fn closest<'a>(wanted: &str, among: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    if wanted.len() > LONGEST {
        return Vec::new();
    }
    let limit = 1 + wanted.chars().count() / 4;
    let mut near: Vec<_> = among
        .into_iter()
        .filter(|name| name.len() <= LONGEST)
        .map(|name| (slips(wanted, name), name))
        .filter(|(distance, _)| *distance <= limit)
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.dedup_by_key(|(_, name)| *name);
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

/// How many letters must be put in, taken out, changed or swapped with their neighbour.
fn slips(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().flat_map(char::to_lowercase).collect();
    let right: Vec<char> = right.chars().flat_map(char::to_lowercase).collect();
    let mut before = vec![0; right.len() + 1];
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for row in 1..=left.len() {
        let mut now = vec![row; right.len() + 1];
        for column in 1..=right.len() {
            let same = left[row - 1] == right[column - 1];
            let changed = last[column - 1] + usize::from(!same);
            now[column] = changed.min(last[column] + 1).min(now[column - 1] + 1);
            let swapped = row > 1
                && column > 1
                && left[row - 1] == right[column - 2]
                && left[row - 2] == right[column - 1];
            if swapped {
                now[column] = now[column].min(before[column - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, now);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_finger_are_understood() {
        let names = ["production", "test", "configuration", "documentation"];
        assert_eq!(closest("prodution", names), ["production"]);
        assert_eq!(closest("tset", names), ["test"]);
        assert_eq!(closest("Configuratoin", names), ["configuration"]);
    }

    #[test]
    fn a_wholly_other_word_gets_no_advice() {
        assert!(closest("weather", ["production", "test"]).is_empty());
        assert!(closest("x", ["production"]).is_empty());
        assert!(closest("", ["production"]).is_empty());
    }

    #[test]
    fn the_nearest_name_comes_first() {
        assert_eq!(closest("P1", ["P00", "P1a", "P0"]), ["P1a", "P0"]);
    }
}
