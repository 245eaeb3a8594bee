//! Whether confidence is what it says: of all that has 0.8, four fifths should be right.

use crate::Figure;

const BINS: usize = 10;

/// What fell into one bin.
#[derive(Default, Clone, Copy)]
struct Bin {
    all: usize,
    right: usize,
    confidence: f64,
}

/// Bins of outermost and of nested attributions.
#[derive(Default)]
pub(super) struct Counts {
    outermost: [Bin; BINS],
    nested: [Bin; BINS],
}

impl Counts {
    pub(super) fn add(&mut self, confidence: f32, right: bool, nested: bool) {
        let bins = if nested { &mut self.nested } else { &mut self.outermost };
        let confidence = f64::from(confidence);
        let bin = &mut bins[((confidence * BINS as f64) as usize).min(BINS - 1)];
        bin.all += 1;
        bin.right += usize::from(right);
        bin.confidence += confidence;
    }

    pub(super) fn figures(&self) -> [Figure; 2] {
        let line = |name, bins: &[Bin]| {
            let all = bins.iter().map(|bin| bin.all).sum::<usize>();
            let mean = bins.iter().map(|bin| bin.confidence).sum::<f64>() / all.max(1) as f64;
            let right = bins.iter().map(|bin| bin.right).sum::<usize>() as f64 / all.max(1) as f64;
            let detail = format!("(mean confidence {:.1}, right {:.1}; {all})", 100.0 * mean, 100.0 * right);
            Figure { name, value: 100.0 * error(bins), detail }
        };
        [line("calibration error, outermost", &self.outermost), line("calibration error, nested", &self.nested)]
    }
}

/// The expected calibration error, 0 to 1: how far in each bin confidence is from what is right, weighted by what is in it.
fn error(bins: &[Bin]) -> f64 {
    let all = bins.iter().map(|bin| bin.all).sum::<usize>().max(1) as f64;
    bins.iter().map(|bin| (bin.confidence - bin.right as f64).abs() / all).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_are_weighted_by_what_is_in_them() {
        let mut counts = Counts::default();
        // Two of 0.75, one right: off by 0.25. One of 1.0, right: off by nothing. One of 0.05, right: off by 0.95.
        for (confidence, right) in [(0.75, true), (0.75, false), (1.0, true), (0.05, true)] {
            counts.add(confidence, right, false);
        }
        counts.add(0.5, false, true);
        assert!((error(&counts.outermost) - (0.5 * 0.25 + 0.25 * 0.95)).abs() < 1e-6);
        assert!((error(&counts.nested) - 0.5).abs() < 1e-6);
    }

    #[test]
    fn too_sure_and_too_unsure_in_one_bin_level_out() {
        let mut counts = Counts::default();
        counts.add(0.55, true, false);
        counts.add(0.55, false, false);
        assert!((error(&counts.outermost) - 0.05).abs() < 1e-6);
        assert_eq!(error(&counts.nested), 0.0);
    }
}
