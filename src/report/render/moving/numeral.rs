//! The numbers of sections that are written in Chinese: `四` in `四、P1`, up to 99.

const DIGITS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
const TEN: char = '十';

/// The number that a text begins with, and where it ends.
pub(super) fn leading(text: &str) -> Option<(u32, usize)> {
    let is_numeral = |letter: char| letter == TEN || DIGITS.contains(&letter);
    let end = text.find(|letter| !is_numeral(letter)).unwrap_or(text.len());
    Some((value(&text[..end])?, end))
}

/// A number as this one is written: in digits, or in Chinese; `None` where that cannot say it.
pub(super) fn like(model: &str, number: u32) -> Option<String> {
    if model.starts_with(|letter: char| letter.is_ascii_digit()) {
        return Some(number.to_string());
    }
    let digit = |number: u32| number.checked_sub(1).and_then(|at| DIGITS.get(at as usize)).copied();
    match (number / 10, number % 10) {
        (0, ones) => Some(String::from(digit(ones)?)),
        (tens @ 1..10, ones) => {
            let tens = digit(tens).filter(|_| tens > 1);
            Some(tens.into_iter().chain([TEN]).chain(digit(ones)).collect())
        }
        _ => None,
    }
}

fn value(text: &str) -> Option<u32> {
    let digit = |text: &str| {
        let mut letters = text.chars();
        let only = letters.next().filter(|_| letters.next().is_none())?;
        DIGITS.iter().position(|digit| *digit == only).map(|at| at as u32 + 1)
    };
    match text.split_once(TEN) {
        None => digit(text),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { digit(tens)? };
            Some(tens * 10 + if ones.is_empty() { 0 } else { digit(ones)? })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for number in 1..100 {
            let written = like("四", number).expect("up to 99");
            assert_eq!(leading(&format!("{written}、")), Some((number, written.len())), "{written}");
        }
        assert_eq!(
            [like("四", 10), like("四", 31), like("4", 31)].map(Option::unwrap),
            ["十", "三十一", "31"]
        );
        for text in ["", "、", "二二、", "十十", "P1"] {
            assert_eq!(leading(text).filter(|(_, end)| *end > 0), None, "{text}");
        }
        assert_eq!(like("四", 100), None);
    }
}
