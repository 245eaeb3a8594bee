//! Dates as people and machines write them, to ISO 8601: "Fri, 04 Apr 2031 08:00:00 GMT", "April 4, 2031", "20310404", seconds
//! since 1970. Everything that tells saywho a date goes through [`iso`].

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;

use crate::text::structure::is_zone;
use crate::words::MONTHS;

/// Short names of months that are not the first three letters.
const SHORT_MONTHS: [(&str, i8); 3] = [("sept", 9), ("june", 6), ("july", 7)];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("Monday", Weekday::Monday),
    ("Tuesday", Weekday::Tuesday),
    ("Wednesday", Weekday::Wednesday),
    ("Thursday", Weekday::Thursday),
    ("Friday", Weekday::Friday),
    ("Saturday", Weekday::Saturday),
    ("Sunday", Weekday::Sunday),
];

/// Zones that mean one offset wherever they are written (RFC 2822), in hours.
const ZONES: [(&str, i8); 12] = [
    ("Z", 0),
    ("UT", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
];

/// Words that may stand between the parts of a date.
const BETWEEN: [&str; 7] = ["of", "the", "on", "at", "-", "–", "—"];

/// Years that a date of publication may have.
const YEARS: std::ops::Range<i16> = 1000..3000;

/// The most bytes of a date.
const LONGEST: usize = 100;

/// Why something written is taken for no date: what it says, what is wrong, what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotADate {
    written: String,
    why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Why {
    Unknown,
    /// The day and the month could be either number.
    Order(Date, Date),
    /// The year has two digits.
    Century,
    /// The day of the week is another.
    Weekday(Date),
}

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = &self.written;
        match self.why {
            Why::Unknown => write!(f, "“{written}” is no date: write it as 2031-04-04, 4 April 2031 or April 4, 2031"),
            Why::Order(one, other) => write!(f, "“{written}” may be two days: write {one} or {other}"),
            Why::Century => write!(f, "“{written}” does not tell the century: write the year with four digits"),
            Why::Weekday(date) => {
                let name = WEEKDAYS.iter().find(|(_, day)| *day == date.weekday()).map_or("", |(name, _)| name);
                write!(f, "“{written}” cannot be: {date} is a {name}")
            }
        }
    }
}

impl std::error::Error for NotADate {}

/// The date in ISO 8601, as exact as it is written: a day, with a time and its offset where these are told; a month or a year
/// where no more is told.
///
/// Understood are ISO 8601 and RFC 3339 (`2031-04-04T08:00:00+02:00`, `20310404`), RFC 2822, names of months in English in any
/// order (`4 Apr 2031 08:00 GMT`, `Friday, April 4th, 2031 at 8 a.m.`), numbers where only one order is possible (`2031/04/04`,
/// `25.12.2031`), and seconds (9 or 10 digits), milliseconds (13) since 1970.
///
/// # Errors
/// When it is none of these, when day and month could be either number (`04/05/2031`), when the day of the week is not that of
/// the date, when the year has two digits.
///
/// ```
/// assert_eq!(saywho_english::date::iso("Friday, 4 April 2031").as_deref(), Ok("2031-04-04"));
/// assert!(saywho_english::date::iso("04/05/2031").is_err());
/// ```
pub fn iso(written: &str) -> Result<String, NotADate> {
    let text = written.trim();
    let refused = |why| {
        let mut written: String = text.chars().take(LONGEST).collect();
        if written.len() < text.len() {
            written.push('…');
        }
        NotADate { written, why }
    };
    if text.is_empty() || text.len() > LONGEST {
        return Err(refused(Why::Unknown));
    }
    number(text)
        .or_else(|| standard(text))
        .map_or_else(|| Parts::of(text).and_then(Parts::written), Ok)
        .map_err(refused)
}

/// The first ISO date within a name: people name files so ("call-2031-04-02.norrland.txt"). None that the calendar does not have, and
/// none within a longer number.
pub fn in_name(name: &str) -> Option<String> {
    let digit = |at: usize| name.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let date = |at: usize| {
        let text = name.get(at..at + 10)?;
        let alone = (at == 0 || !digit(at - 1)) && !digit(at + 10);
        let written = alone
            && text.bytes().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
        (written && text.parse::<Date>().is_ok()).then(|| text.to_owned())
    };
    (0..name.len().saturating_sub(9)).find_map(date)
}

/// The month of this name, also a short one ("Sept", "Apr."), in any case.
pub(crate) fn month(word: &str) -> Option<i8> {
    let bare = word.strip_suffix('.').unwrap_or(word);
    let named = |name: &str| bare.eq_ignore_ascii_case(name) || bare.eq_ignore_ascii_case(&name[..3]);
    let at = MONTHS.iter().position(|name| named(name));
    let short = || SHORT_MONTHS.iter().find(|(short, _)| bare.eq_ignore_ascii_case(short)).map(|(_, month)| *month);
    at.and_then(|at| i8::try_from(at + 1).ok()).or_else(short)
}

/// The day of the week of this name.
pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(name, _)| *name == word).map(|(_, day)| *day)
}

/// The day of a month, "4" or "4th".
pub(crate) fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let is_day = matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th") && digits.len() <= 2;
    digits.parse().ok().filter(|day| is_day && (1..=31).contains(day))
}

/// Digits alone: a year, a day, a day with its time, or what has gone by since 1970.
fn number(text: &str) -> Option<String> {
    let whole =
        text.split_once('.').filter(|(_, rest)| !rest.is_empty() && is_digits(rest)).map_or(text, |(whole, _)| whole);
    if !is_digits(whole) || (whole != text && !matches!(whole.len(), 9 | 10 | 13)) {
        return None;
    }
    let stamp = match whole.len() {
        4 => return whole.parse().ok().filter(|year| YEARS.contains(year)).map(|_: i16| whole.to_owned()),
        9 | 10 => Timestamp::from_second(whole.parse().ok()?),
        13 => Timestamp::from_millisecond(whole.parse().ok()?),
        14 => {
            let (day, time) = whole.split_at(8);
            return standard(&format!("{day}T{time}"));
        }
        // Eight are a day of ISO 8601.
        _ => return None,
    };
    let time = Offset::UTC.to_datetime(stamp.ok()?);
    Some(as_iso(time.date(), Some(time.time()), Some(Offset::UTC)))
}

/// ISO 8601 and RFC 3339.
fn standard(text: &str) -> Option<String> {
    if let Some((year, month)) = text.split_once('-').filter(|(year, month)| year.len() == 4 && month.len() == 2) {
        let first = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
        return YEARS.contains(&first.year()).then(|| text.to_owned());
    }
    let parts = Pieces::parse(text).ok()?;
    let date = Some(parts.date()).filter(|date| YEARS.contains(&date.year()))?;
    Some(as_iso(date, parts.time(), parts.to_numeric_offset()))
}

fn as_iso(date: Date, time: Option<Time>, offset: Option<Offset>) -> String {
    let Some(time) = time else { return date.to_string() };
    let time = format!("{date}T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second());
    match offset {
        None => time,
        Some(Offset::UTC) => time + "Z",
        Some(offset) => {
            let minutes = offset.seconds() / 60;
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{time}{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        }
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The parts of a date in words, in whatever order they come.
#[derive(Debug, Default)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    weekday: Option<Weekday>,
    /// Hours, minutes, seconds.
    time: Option<(i8, i8, i8)>,
    /// Whether the hours are those after noon, where they are counted to twelve.
    after_noon: Option<bool>,
    offset: Option<Offset>,
}

impl Parts {
    fn of(text: &str) -> Result<Parts, Why> {
        let mut parts = Parts::default();
        let spaced = text.replace([',', '(', ')'], " ");
        let mut words = spaced.split_whitespace().peekable();
        while let Some(word) = words.next() {
            // "8 a.m."
            let half = words.peek().copied().and_then(half);
            if let (Some(hour), Some(_)) = (word.parse().ok().filter(|_| word.len() <= 2), half) {
                fill(&mut parts.time, Some((hour, 0, 0)))?;
                continue;
            }
            parts.take(word)?;
        }
        Ok(parts)
    }

    /// Takes one word.
    fn take(&mut self, word: &str) -> Result<(), Why> {
        let bare = word.strip_suffix('.').unwrap_or(word);
        if BETWEEN.contains(&word) {
            return Ok(());
        }
        if let Some(name) = month(word) {
            return fill(&mut self.month, Some(name));
        }
        if let Some(day) = short_weekday(bare) {
            return fill(&mut self.weekday, Some(day));
        }
        if let Some(after) = half(word) {
            return fill(&mut self.after_noon, Some(after));
        }
        if word.contains(':') && word.starts_with(|c: char| c.is_ascii_digit()) {
            return self.clock(word);
        }
        if self.time.is_some() && (self.zone(word) || is_zone(&word.to_lowercase())) {
            return Ok(());
        }
        if bare.len() == 4 && is_digits(bare) {
            return fill(&mut self.year, bare.parse().ok());
        }
        if let Some(number) = day(bare) {
            // "4 April 31"
            let is_year = self.day.is_some() && self.month.is_some() && bare.len() == 2;
            return if is_year { Err(Why::Century) } else { fill(&mut self.day, Some(number)) };
        }
        self.joined(word)
    }

    /// "08:00", "8:00:30.5", "8:00am", "08:00Z".
    fn clock(&mut self, word: &str) -> Result<(), Why> {
        let end = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(word.len());
        let (clock, behind) = word.split_at(end);
        // A fraction of a second is no more than is asked for.
        let clock = clock.split('.').next().unwrap_or_default();
        let mut numbers = clock.split(':').map(|n| n.parse::<i8>().ok().filter(|_| n.len() <= 2));
        let (hours, minutes, seconds) = (numbers.next().flatten(), numbers.next().flatten(), numbers.next());
        let read = match (hours, minutes, seconds, numbers.next()) {
            (Some(hours), Some(minutes), seconds, None) => seconds.unwrap_or(Some(0)).map(|s| (hours, minutes, s)),
            _ => None,
        };
        fill(&mut self.time, read)?;
        match behind {
            "" => Ok(()),
            _ if self.zone(behind) => Ok(()),
            _ => fill(&mut self.after_noon, half(behind)),
        }
    }

    /// Whether a word tells the offset: "GMT", "+0200", "UTC+02:00".
    fn zone(&mut self, word: &str) -> bool {
        let named = ZONES.iter().find(|(name, _)| *name == word).map(|(_, hours)| Offset::constant(*hours));
        let number = || {
            let digits = word.trim_start_matches("UTC").trim_start_matches("GMT");
            let sign = if digits.strip_prefix(['-', '−']).is_some() { -1 } else { 1 };
            let digits = digits.strip_prefix(['+', '-', '−'])?.replace(':', "");
            let (hours, minutes) = match digits.len() {
                1 | 2 => (digits.as_str(), "0"),
                4 => digits.split_at(2),
                _ => return None,
            };
            let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok().filter(|m| *m < 60)? * 60;
            Offset::from_seconds(sign * seconds).ok()
        };
        let offset = named.or_else(number);
        let told = offset.is_some();
        self.offset = self.offset.or(offset);
        told
    }

    /// "04/04/2031", "2031.04.04", "04-Apr-2031".
    fn joined(&mut self, word: &str) -> Result<(), Why> {
        let mark = word.chars().find(|c| matches!(c, '/' | '.' | '-')).ok_or(Why::Unknown)?;
        let words: Vec<&str> = word.split(mark).collect();
        let [first, middle, last] = words[..] else { return Err(Why::Unknown) };
        if !is_digits(middle) {
            return [first, middle, last].into_iter().try_for_each(|word| match word.is_empty() {
                true => Err(Why::Unknown),
                false => self.take(word),
            });
        }
        let small = |digits: &str| digits.parse::<i8>().ok().filter(|_| is_digits(digits) && digits.len() <= 2);
        let year = |digits: &str| digits.parse::<i16>().ok().filter(|_| is_digits(digits) && digits.len() == 4);
        let middle = small(middle).ok_or(Why::Unknown)?;
        let (year, month, day) = match (year(first), small(first), small(last), year(last)) {
            (Some(year), _, Some(day), _) => (year, middle, day),
            (_, Some(first), _, Some(year)) => match (Date::new(year, middle, first), Date::new(year, first, middle)) {
                (Ok(one), Ok(other)) if one != other => return Err(Why::Order(other, one)),
                (Ok(date), _) | (_, Ok(date)) => (year, date.month(), date.day()),
                _ => return Err(Why::Unknown),
            },
            (_, Some(_), Some(_), _) => return Err(Why::Century),
            _ => return Err(Why::Unknown),
        };
        fill(&mut self.year, Some(year))?;
        fill(&mut self.month, Some(month))?;
        fill(&mut self.day, Some(day))
    }

    /// The whole as ISO 8601.
    fn written(self) -> Result<String, Why> {
        let (Some(year), Some(month)) = (self.year.filter(|year| YEARS.contains(year)), self.month) else {
            return Err(Why::Unknown);
        };
        let Some(day) = self.day else {
            let alone = self.weekday.is_none() && self.time.is_none() && self.after_noon.is_none();
            return if alone { Ok(format!("{year:04}-{month:02}")) } else { Err(Why::Unknown) };
        };
        let date = Date::new(year, month, day).map_err(|_| Why::Unknown)?;
        if self.weekday.is_some_and(|weekday| weekday != date.weekday()) {
            return Err(Why::Weekday(date));
        }
        let time = match (self.time, self.after_noon) {
            (None, None) => None,
            (Some((hours, minutes, seconds)), None) => Some((hours, minutes, seconds)),
            (Some((hours @ 1..=12, minutes, seconds)), Some(after)) => {
                Some((hours % 12 + if after { 12 } else { 0 }, minutes, seconds))
            }
            _ => return Err(Why::Unknown),
        };
        let time = time.map(|(hours, minutes, seconds)| Time::new(hours, minutes, seconds, 0)).transpose();
        Ok(as_iso(date, time.map_err(|_| Why::Unknown)?, self.offset))
    }
}

/// Sets what is told once.
fn fill<T>(part: &mut Option<T>, told: Option<T>) -> Result<(), Why> {
    match (&part, told) {
        (None, Some(told)) => {
            *part = Some(told);
            Ok(())
        }
        _ => Err(Why::Unknown),
    }
}

/// "Friday", "Fri", "Tues".
fn short_weekday(word: &str) -> Option<Weekday> {
    let begins =
        |name: &str| word.len() >= 3 && name.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    WEEKDAYS.iter().find(|(name, _)| begins(name)).map(|(_, day)| *day)
}

/// "a.m." or "p.m.": whether it is the one after noon.
fn half(word: &str) -> Option<bool> {
    match word.replace('.', "").to_ascii_lowercase().as_str() {
        "am" => Some(false),
        "pm" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_date_in_a_name_is_whole_and_possible() {
        assert_eq!(in_name("call-2031-04-02.norrland").as_deref(), Some("2031-04-02"));
        assert_eq!(in_name("norrland-2031-02-28").as_deref(), Some("2031-02-28"));
        for none in ["call-12031-04-021", "norrland-2031-14-02", "norrland-2031-02-31", "überblick", "short", ""] {
            assert_eq!(in_name(none), None, "{none}");
        }
    }

    #[test]
    fn dates_as_they_are_written() {
        for (written, want) in [
            ("2031-04-04", "2031-04-04"),
            ("2031-04-04T08:00:00Z", "2031-04-04T08:00:00Z"),
            ("2031-04-04t08:00:00.123+02:00", "2031-04-04T08:00:00+02:00"),
            ("2031-04-04 08:00", "2031-04-04T08:00:00"),
            ("2031-04-04 08:00:00 +0200", "2031-04-04T08:00:00+02:00"),
            ("2031-04-04 08:00:00 UTC", "2031-04-04T08:00:00Z"),
            ("20310404", "2031-04-04"),
            ("20310404T080000Z", "2031-04-04T08:00:00Z"),
            ("20310404080000", "2031-04-04T08:00:00"),
            ("1933027200", "2031-04-04T00:00:00Z"),
            ("1933027200.0", "2031-04-04T00:00:00Z"),
            ("1933027200000", "2031-04-04T00:00:00Z"),
            ("Fri, 04 Apr 2031 08:00:00 GMT", "2031-04-04T08:00:00Z"),
            ("Fri, 4 Apr 2031 08:00:00 +0200 (CEST)", "2031-04-04T08:00:00+02:00"),
            ("4 Apr 2031 08:00 GMT", "2031-04-04T08:00:00Z"),
            ("04-Apr-2031", "2031-04-04"),
            ("Fri Apr  4 08:00:00 2031", "2031-04-04T08:00:00"),
            ("April 4, 2031", "2031-04-04"),
            ("Apr. 4th, 2031 at 8:05 p.m. EDT", "2031-04-04T20:05:00-04:00"),
            ("4 April 2031", "2031-04-04"),
            ("the 4th of April 2031", "2031-04-04"),
            ("Friday, 4 April 2031", "2031-04-04"),
            ("Friday, April 4, 2031 12:30am", "2031-04-04T00:30:00"),
            ("8 a.m. CEST, 4 Sept 2031", "2031-09-04T08:00:00"),
            ("2031/04/04", "2031-04-04"),
            ("2031.4.4", "2031-04-04"),
            ("04.04.2031", "2031-04-04"),
            ("25/12/2031", "2031-12-25"),
            ("12/25/2031 08:00", "2031-12-25T08:00:00"),
            ("29 February 2032", "2032-02-29"),
            ("April 2031", "2031-04"),
            ("2031-04", "2031-04"),
            ("2031", "2031"),
        ] {
            assert_eq!(iso(written).as_deref(), Ok(want), "{written}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused_with_a_way_out() {
        for (written, says) in [
            ("04/05/2031", "write 2031-04-05 or 2031-05-04"),
            ("4.5.2031", "write 2031-04-05 or 2031-05-04"),
            ("04/04/31", "four digits"),
            ("4 April 31", "four digits"),
            ("Monday, 4 April 2031", "2031-04-04 is a Friday"),
            ("31 June 2031", "is no date"),
            ("2031-02-30", "is no date"),
            ("2031-13", "is no date"),
            ("yesterday", "is no date"),
            ("spring 2031", "is no date"),
            ("Q2 2031", "is no date"),
            ("4 April", "is no date"),
            ("0000-00-00", "is no date"),
            ("since 2019", "is no date"),
            ("13:00 pm 4 April 2031", "is no date"),
            ("4 April 2031 25:00", "is no date"),
            ("4 April 5 May 2031", "is no date"),
            ("310404", "is no date"),
            ("", "is no date"),
        ] {
            let refused = iso(written).expect_err(written).to_string();
            assert!(refused.contains(says) && refused.contains(written), "{written}: {refused}");
        }
        assert!(iso(&"4 ".repeat(1000)).expect_err("long").to_string().len() < 400);
    }

    proptest! {
        #[test]
        fn any_day_is_understood_in_each_form(days in 0i32..400_000) {
            let date = Date::constant(1600, 1, 1).checked_add(jiff::Span::new().days(days)).expect("a day");
            let (year, month, day) = (date.year(), MONTHS[date.month() as usize - 1], date.day());
            let weekday = WEEKDAYS.iter().find(|(_, d)| *d == date.weekday()).expect("a weekday").0;
            for written in [
                format!("{weekday}, {day} {month} {year}"),
                format!("{month} {day}, {year}"),
                format!("{}, {day:02} {} {year} 23:59:60", &weekday[..3], &month[..3]).replace(":60", ":59"),
                format!("{year}/{:02}/{day:02}", date.month()),
            ] {
                let found = iso(&written).expect("a date");
                prop_assert_eq!(&found[..10], date.to_string());
                prop_assert_eq!(iso(&found), Ok(found.clone()));
            }
        }

        #[test]
        fn nothing_breaks_it(text in "\\PC{0,40}|[0-9/:.,+ -]{0,30}|([A-Za-z]{1,5}|[0-9]{1,4}|[ ,:./-]){0,12}") {
            if let Ok(found) = iso(&text) {
                prop_assert_eq!(iso(&found), Ok(found.clone()));
            }
        }
    }
}
