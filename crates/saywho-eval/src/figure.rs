//! One measured figure, as it is printed.

use std::fmt;

/// A measured figure. It prints as one line: the name, the value, the counts behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What was measured: "speaker on matched".
    pub name: &'static str,
    /// Percent, 0 to 100: an F1 or a share.
    pub value: f64,
    /// The counts that the value comes from: "(7 of 9)".
    pub detail: String,
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:32} {:5.1}   {}", self.name, self.value, self.detail)
    }
}

/// The share of `of` that is `right`; 0 of nothing is 0.
pub(crate) fn share(name: &'static str, right: usize, of: usize) -> Figure {
    let value = if of == 0 { 0.0 } else { (100 * right) as f64 / of as f64 };
    Figure { name, value, detail: format!("({right} of {of})") }
}

/// A single thing that is right or not.
pub(crate) fn one(name: &'static str, right: bool) -> Figure {
    let (value, word) = if right { (100.0, "True") } else { (0.0, "False") };
    Figure { name, value, detail: format!("({word} of 1)") }
}

/// The F1 of `hit` matches between `gold` and `predicted` things.
pub(crate) fn f1(name: &'static str, hit: usize, gold: usize, predicted: usize) -> Figure {
    let ratio = |of: usize| if of == 0 { 0.0 } else { hit as f64 / of as f64 };
    let (p, r) = (ratio(predicted), ratio(gold));
    let detail = format!("(P {:.1} R {:.1}; {hit} of {gold} gold, {predicted} predicted)", 100.0 * p, 100.0 * r);
    Figure { name, value: 100.0 * harmonic_mean(p, r), detail }
}

/// The harmonic mean of precision and recall, 0 where both are 0.
pub(crate) fn harmonic_mean(p: f64, r: f64) -> f64 {
    if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_fixed_columns() {
        assert_eq!(one("medium", true).to_string(), format!("medium{}100.0   (True of 1)", " ".repeat(27)));
        assert_eq!(share("speaker", 0, 0).to_string(), format!("speaker{}  0.0   (0 of 0)", " ".repeat(26)));
        // P 1/2, R 1/4: F1 1/3.
        let line = f1("claims", 1, 4, 2).to_string();
        assert_eq!(line, format!("claims{} 33.3   (P 50.0 R 25.0; 1 of 4 gold, 2 predicted)", " ".repeat(27)));
    }

    #[test]
    fn halves_round_to_even() {
        assert!(share("x", 1, 16).to_string().contains("  6.2   ("));
        assert!(share("x", 3, 16).to_string().contains(" 18.8   ("));
    }

    #[test]
    fn nothing_found_is_zero() {
        assert_eq!(f1("x", 0, 3, 0).value, 0.0);
    }
}
