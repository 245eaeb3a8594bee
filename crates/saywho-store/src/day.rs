//! Days as numbers: 2 April 2031 is 20310402, April 2031 is 20310400, nothing known is 0.

use jiff::civil::Date;

use crate::{Error, Result};

/// The day that an ISO date begins with; 0 where it is none.
pub(crate) fn of(date: &str) -> i64 {
    parts(date.get(..10).unwrap_or(date)).map_or(0, |(number, _)| number)
}

/// Whether this is a day, a month, a year or a moment as ISO 8601 writes it, and there is such a day.
pub fn is_date(date: &str) -> bool {
    let day = match date.split_once(['T', 't', ' ']) {
        Some((day, _)) if date.parse::<jiff::Timestamp>().is_ok() || date.parse::<jiff::civil::DateTime>().is_ok() => {
            day
        }
        Some(_) => return false,
        None => date,
    };
    match day.len() {
        4 | 7 => parts(day).is_some(),
        10 => parts(day).is_some() && day.parse::<jiff::civil::Date>().is_ok(),
        _ => false,
    }
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

/// The first ISO date within a name: "call-2031-04-02.norrland".
pub(crate) fn in_name(name: &str) -> Option<String> {
    let bytes = name.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let date = |at: &usize| {
        let text = name.get(*at..at + 10)?;
        let alone = (*at == 0 || !digit(at - 1)) && !digit(at + 10);
        let whole = parts(text).is_some_and(|(_, length)| length == 0);
        (alone && whole).then(|| text.to_owned())
    };
    (0..name.len().saturating_sub(9)).find_map(|at| date(&at))
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

    #[test]
    fn what_is_no_day_is_no_date() {
        for date in
            ["2031", "2031-04", "2031-04-02", "2031-04-02T10:15:00Z", "2031-04-02T10:15:00+02:00", "2031-04-02 10:15"]
        {
            assert!(is_date(date), "{date}");
        }
        for bad in ["yesterday", "2031-02-30", "2031-13", "02.04.2031", "2031-4-2", "2031-04-02Tnoon", "", "T"] {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn a_date_in_a_name_is_whole() {
        assert_eq!(in_name("call-2031-04-02.norrland").as_deref(), Some("2031-04-02"));
        assert_eq!(in_name("call-12031-04-021"), None);
        assert_eq!(in_name("überblick"), None);
    }
}
