//! Days that a text names: "29 July", "on Friday", "the day before", resolved against the day it was published.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::date;
use crate::reading::Dated;
use crate::table::Place;
use crate::text::{Text, TokenId};

const NUMBERS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// Words after which a day of the week is one to come.
const TO_COME: [&str; 4] = ["will", "shall", "ll", "until"];

/// The days that a text names, in order. `published` (ISO 8601) is the day against which "Friday" and "yesterday" are
/// resolved and years are supplied; without it only full dates are found.
pub fn dates(text: &Text, published: Option<&str>) -> Vec<Dated> {
    let published = published.and_then(|day| day.get(..10)).and_then(|day| day.parse::<Date>().ok());
    let mut finder = Days { text, published, last: None };
    let mut found = Vec::new();
    let mut token = TokenId::new(0);
    while token < text.tokens.end() {
        let Some((day, end)) = finder.at(token) else {
            token = token.next();
            continue;
        };
        finder.last = Some(day);
        if let Some(span) = text.span(token.until(end)) {
            found.push(Dated { start: span.start, end: span.end, date: day.to_string() });
        }
        token = end;
    }
    found
}

struct Days<'a> {
    text: &'a Text<'a>,
    published: Option<Date>,
    /// The day named last, from which "the day before" counts.
    last: Option<Date>,
}

impl Days<'_> {
    /// The day named by the words that begin at this token, and the token behind them.
    fn at(&self, t: TokenId) -> Option<(Date, TokenId)> {
        self.full(t).or_else(|| self.weekday(t)).or_else(|| self.relative(t))
    }

    fn word(&self, t: TokenId) -> &str {
        self.text.word_at(t)
    }

    /// "2021-03-04", "4 March 2021", "March 4, 2021", and without a year.
    fn full(&self, t: TokenId) -> Option<(Date, TokenId)> {
        if let Some(day) = self.iso(t) {
            return Some((day, t.plus(5)));
        }
        let (month, day, behind) = match (self.month(t), self.day(t)) {
            (Some((month, behind)), _) => (month, self.day(behind)?, behind.next()),
            (_, Some(day)) => {
                let at = t.plus(1 + usize::from(self.word(t.next()) == "of"));
                let (month, behind) = self.month(at)?;
                (month, day, behind)
            }
            _ => return None,
        };
        let comma = usize::from(self.word(behind) == ",");
        match self.year(behind.plus(comma)) {
            Some(year) => Some((Date::new(year, month, day).ok()?, behind.plus(comma + 1))),
            None => Some((self.nearest(month, day)?, behind)),
        }
    }

    fn iso(&self, t: TokenId) -> Option<Date> {
        let year = self.year(t)?;
        let dashes = self.word(t.next()) == "-" && self.word(t.plus(3)) == "-";
        let number = |t: TokenId| self.word(t).parse::<i8>().ok().filter(|_| self.word(t).len() == 2);
        if !dashes { None } else { Date::new(year, number(t.plus(2))?, number(t.plus(4))?).ok() }
    }

    /// A month and the token behind it.
    fn month(&self, t: TokenId) -> Option<(i8, TokenId)> {
        let word = self.word(t);
        // "may" and "march" are verbs.
        let month = date::month(word).filter(|_| is_capitalised(word))?;
        let is_short = word.len() < 5 && self.word(t.next()) == ".";
        Some((month, t.plus(1 + usize::from(is_short))))
    }

    /// "4", "4th".
    fn day(&self, t: TokenId) -> Option<i8> {
        date::day(self.word(t))
    }

    fn year(&self, t: TokenId) -> Option<i16> {
        let word = self.word(t);
        word.parse().ok().filter(|year| word.len() == 4 && (1800..2200).contains(year))
    }

    /// This day of a year such that it lies nearest to the day of publication.
    fn nearest(&self, month: i8, day: i8) -> Option<Date> {
        let published = self.published?;
        let years = (published.year() - 1)..=(published.year() + 1);
        let days = years.filter_map(|year| Date::new(year, month, day).ok());
        days.min_by_key(|day| distance(*day, published))
    }

    /// "Friday", "last Friday", "Friday last week", "Friday, 4 March".
    fn weekday(&self, t: TokenId) -> Option<(Date, TokenId)> {
        let first = self.word(t).to_lowercase();
        let modifier = matches!(first.as_str(), "last" | "past" | "next" | "coming" | "this");
        let at = t.plus(usize::from(modifier));
        let weekday = date::weekday(self.word(at))?;
        let comma = usize::from(self.word(at.next()) == ",");
        if let Some(full) = self.full(at.plus(1 + comma)).filter(|(day, _)| day.weekday() == weekday) {
            return Some(full);
        }
        let published = self.published?;
        if let Some((weeks, behind)) = self.week(at.next()).filter(|_| !modifier) {
            let monday = published.checked_sub(i64::from(published.weekday().to_monday_zero_offset()).days()).ok()?;
            let days = 7 * weeks + i64::from(weekday.to_monday_zero_offset());
            return Some((monday.checked_add(days.days()).ok()?, behind));
        }
        let day = match first.as_str() {
            "last" | "past" => published.nth_weekday(-1, weekday),
            "next" | "coming" => published.nth_weekday(1, weekday),
            _ if published.weekday() == weekday => Ok(published),
            _ if self.is_to_come(at) => published.nth_weekday(1, weekday),
            _ => published.nth_weekday(-1, weekday),
        };
        Some((day.ok()?, at.next()))
    }

    /// "last week", "of next week", "evening this week" behind a day of the week: how many weeks from that of the
    /// publication, and the token behind it.
    fn week(&self, t: TokenId) -> Option<(i64, TokenId)> {
        let of_day = matches!(self.word(t), "morning" | "afternoon" | "evening" | "night");
        let t = t.plus(usize::from(of_day));
        let t = t.plus(usize::from(self.word(t) == "of"));
        let weeks = match self.word(t) {
            "last" => -1,
            "this" => 0,
            "next" => 1,
            _ => return None,
        };
        (self.word(t.next()) == "week").then_some((weeks, t.plus(2)))
    }

    /// Whether the sentence speaks of what will be, up to this token, or sets a time: "by Friday".
    fn is_to_come(&self, t: TokenId) -> bool {
        let within = |&other: &TokenId| self.text.sentence_of[other] == self.text.sentence_of[t];
        let before = self.text.tokens_before(t).take_while(within);
        let over = || {
            let sentence = self.text.sentences[self.text.sentence_of[t]];
            self.text.tokens_in(sentence).iter().any(|other| self.word(other) == "had")
        };
        let limit = matches!(self.text.word_before(t), "by" | "By") && !over();
        limit || before.take(12).any(|before| TO_COME.contains(&self.word(before)))
    }

    /// "yesterday", "the day before", "three days ago".
    fn relative(&self, t: TokenId) -> Option<(Date, TokenId)> {
        let published = self.published?;
        let last = self.last.unwrap_or(published);
        let lower = |t: TokenId| self.word(t).to_lowercase();
        let (day, behind) = match lower(t).as_str() {
            "today" | "tonight" => (Ok(published), t.next()),
            "yesterday" => (published.yesterday(), t.next()),
            "tomorrow" => (published.tomorrow(), t.next()),
            "the" => match (lower(t.next()).as_str(), lower(t.plus(2)).as_str(), lower(t.plus(3)).as_str()) {
                ("day", "before", "yesterday") => (published.checked_sub(2.days()), t.plus(4)),
                ("day", "after", "tomorrow") => (published.checked_add(2.days()), t.plus(4)),
                ("day", "before", _) | ("previous", "day", _) => (last.yesterday(), t.plus(3)),
                ("day", "after", _) | ("next" | "following", "day", _) => (last.tomorrow(), t.plus(3)),
                _ => return None,
            },
            word => {
                let number = NUMBERS.iter().position(|number| *number == word).map(|at| at + 1);
                let number = number.or_else(|| word.parse().ok()).filter(|number| *number <= 365)?;
                let number = i64::try_from(number).ok()?;
                let back = match lower(t.next()).as_str() {
                    "day" | "days" => number.days(),
                    "week" | "weeks" => number.weeks(),
                    _ => return None,
                };
                if lower(t.plus(2)) != "ago" {
                    return None;
                }
                (published.checked_sub(back), t.plus(3))
            }
        };
        Some((day.ok()?, behind))
    }
}

fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

fn distance(a: Date, b: Date) -> i32 {
    a.since(b).map_or(i32::MAX, |span| span.get_days().abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The days of a text of Thursday, 4 March 2021.
    fn found(words: &str) -> Vec<(String, String)> {
        let text = Text::new(words);
        dates(&text, Some("2021-03-04T10:00:00Z")).into_iter().map(|d| (words[d.start..d.end].into(), d.date)).collect()
    }

    fn days(words: &str) -> Vec<String> {
        found(words).into_iter().map(|(_, day)| day).collect()
    }

    #[test]
    fn full_dates_are_read_in_all_orders() {
        let words = "On 29 July 2022, July 29, 2022, the 29th of July 2022, Friday, July 29, 2022 and 2022-07-29.";
        assert_eq!(days(words), ["2022-07-29"; 5]);
        assert_eq!(found(words)[3].0, "Friday, July 29, 2022");
        assert!(days("In March 40 members left; the 5 May proposals, 31 June.").iter().all(|day| day == "2021-05-05"));
    }

    #[test]
    fn a_date_without_a_year_is_the_nearest() {
        assert_eq!(days("They met on 29 December and on Sept. 3."), ["2020-12-29", "2020-09-03"]);
    }

    #[test]
    fn days_of_the_week_lie_behind_unless_something_is_to_come() {
        assert_eq!(days("Maren said on Friday that Vasca left on Thursday."), ["2021-02-26", "2021-03-04"]);
        assert_eq!(days("Maren will go to Brel on Friday."), ["2021-03-05"]);
        assert_eq!(days("Vasca wants a list of the ships by Friday."), ["2021-03-05"]);
        assert_eq!(days("By Friday forty ships had left."), ["2021-02-26"]);
        assert_eq!(days("They met last Thursday and meet next Monday."), ["2021-02-25", "2021-03-08"]);
    }

    #[test]
    fn last_friday_is_never_today() {
        assert_eq!(days("Last Thursday she had said the opposite."), ["2021-02-25"]);
        assert_eq!(days("Next Thursday they meet."), ["2021-03-11"]);
    }

    #[test]
    fn a_day_of_another_week_is_counted_from_its_monday() {
        assert_eq!(
            days("She said on Friday last week that he left on Monday of next week."),
            ["2021-02-26", "2021-03-08"]
        );
        assert_eq!(
            days("They met on Sunday evening last week and on Friday of this week."),
            ["2021-02-28", "2021-03-05"]
        );
        assert_eq!(found("On Monday last week it rained.")[0], ("Monday last week".into(), "2021-02-22".into()));
        assert_eq!(days("On Monday last year was forgotten."), ["2021-03-01"]);
    }

    #[test]
    fn the_day_before_counts_from_the_day_named_last() {
        assert_eq!(days("On 1 March he called; she had left the day before."), ["2021-03-01", "2021-02-28"]);
        assert_eq!(days("Yesterday they met, three days ago he called."), ["2021-03-03", "2021-03-01"]);
    }

    #[test]
    fn without_a_day_of_publication_only_full_dates_are_days() {
        let words = "On Friday, on 1 March and on 2 March 2020 they met.";
        let found = dates(&Text::new(words), None);
        assert_eq!(found.into_iter().map(|d| d.date).collect::<Vec<_>>(), ["2020-03-02"]);
    }
}
