//! Days as numbers: 2 April 2031 is 20310402, April 2031 is 20310400, nothing known is 0.

use jiff::civil::Date;

use crate::{Error, Result};

/// The day that an ISO date begins with; 0 where it is none.
pub(crate) fn of(date: &str) -> i64 {
    parts(date.get(..10).unwrap_or(date)).map_or(0, |(number, _)| number)
}

/// The first and the last number that a day, month or year of a question stands for.
pub(crate) fn range(date: &str) -> Result<(i64, i64)> {
    parts(date).map(|(first, length)| (first, first + length)).ok_or_else(|| {
        Error::Invalid(format!("“{date}” is no date: write a day (2031-04-02), a month (2031-04) or a year (2031)"))
    })
}

fn parts(date: &str) -> Option<(i64, i64)> {
    let mut parts = date.split('-').map(|p| p.parse::<u16>().ok().filter(|_| p.bytes().all(|b| b.is_ascii_digit())));
    let year = i64::from(parts.next()??);
    let month = parts.next().map(|m| m.filter(|m| (1..=12).contains(m)));
    let day = parts.next();
    if parts.next().is_some() || !(1..=9999).contains(&year) {
        return None;
    }
    match (month, day) {
        (None, _) => Some((year * 10_000, 9999)),
        (Some(month), None) => Some((year * 10_000 + i64::from(month?) * 100, 99)),
        (Some(month), Some(day)) => {
            let (month, day) = (month?, day?);
            Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
            Some((year * 10_000 + i64::from(month) * 100 + i64::from(day), 0))
        }
    }
}

/// The date that a number stands for.
pub(crate) fn written(day: i64) -> Option<String> {
    let (year, month, date) = (day / 10_000, day / 100 % 100, day % 100);
    match (day, month, date) {
        (0, ..) => None,
        (_, 0, _) => Some(format!("{year:04}")),
        (_, _, 0) => Some(format!("{year:04}-{month:02}")),
        _ => Some(format!("{year:04}-{month:02}-{date:02}")),
    }
}

/// The month that a number stands for.
pub(crate) fn month(day: i64) -> Option<String> {
    written(day / 100 * 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_and_years_are_ranges_that_hold_their_days() {
        for (asked, within, without) in [("2022", "2022-07-14", "2021-12-31"), ("2022-07", "2022-07-31", "2022-08-01")]
        {
            let (first, last) = range(asked).expect("a date");
            assert!((first..=last).contains(&of(within)) && !(first..=last).contains(&of(without)), "{asked}");
        }
        for bad in ["", "yesterday", "2022-13", "2022-7-40", "2022-07-14-01", "-5"] {
            assert!(range(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn dates_come_out_as_they_went_in() {
        for date in ["2031", "2031-04", "2031-04-02"] {
            assert_eq!(written(of(date)).as_deref(), Some(date));
        }
        assert_eq!((of("2031-04-02T10:00:00+02:00"), of("spring"), written(0)), (20_310_402, 0, None));
    }
}
