//! The users' own topic list, which goes before the issues found.

use saywho_english::terms::stem;

/// What the users' topic list says: each topic with its words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Topics {
    pub(super) topics: Vec<(String, Vec<String>)>,
}

/// A line of a topic list that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: \"{text}\" is not a topic: write `label: word, word`")]
pub struct TopicsError {
    line: usize,
    text: String,
}

impl Topics {
    /// Reads lines `label: word, word ...`; "#" begins a comment. A claim that holds one of the words, in any form, is about
    /// that topic; the words of the label count too.
    ///
    /// ```
    /// use saywho::comparison::Topics;
    ///
    /// assert!(Topics::parse("fish: quota, cod\nsailors: detained crew # since May").is_ok());
    /// assert!(Topics::parse("fish, quota").unwrap_err().to_string().contains("line 1"));
    /// ```
    ///
    /// # Errors
    /// The first line that is no topic.
    pub fn parse(lines: &str) -> Result<Topics, TopicsError> {
        let mut topics = Vec::new();
        for (number, line) in (1..).zip(lines.lines()) {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let pair =
                line.split_once(':').filter(|(label, words)| !label.trim().is_empty() && !words.trim().is_empty());
            let Some((label, words)) = pair else { return Err(TopicsError { line: number, text: line.to_owned() }) };
            let words = words.split(',').map(|w| w.trim().to_lowercase()).filter(|w| !w.is_empty());
            topics.push((label.trim().to_owned(), words.collect()));
        }
        Ok(Topics { topics })
    }

    /// The topic that a claim's words name, the one with most of its words first.
    pub(super) fn of(&self, words: &[String]) -> Option<usize> {
        let text = format!(" {} ", words.join(" "));
        let stems: Vec<String> = words.iter().map(|w| stem(w)).collect();
        let held = |word: &String| {
            if word.contains(' ') { text.contains(&format!(" {word} ")) } else { stems.contains(&stem(word)) }
        };
        let counts = self.topics.iter().map(|(_, words)| words.iter().filter(|w| held(w)).count());
        counts.enumerate().filter(|(_, n)| *n > 0).max_by_key(|(i, n)| (*n, std::cmp::Reverse(*i))).map(|(i, _)| i)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_lines_of_a_label_and_words() {
        let topics = Topics::parse("# ours\nfish: quota, cod\nsailors: sailor, detained crew\n").expect("topics");
        let of = |text: &str| topics.of(&text.split(' ').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(of("the cod quotas"), Some(0));
        assert_eq!(of("on the detained crew there"), Some(1));
        assert_eq!(of("nothing here"), None);
    }

    #[test]
    fn a_line_without_words_is_named() {
        let error = Topics::parse("fish: cod\nsailors").expect_err("no words");
        assert!(error.to_string().starts_with("line 2:"));
    }
}
