//! What a user can tell of the accounts.

use super::topics::Topics;

/// What a user can tell of the accounts.
///
/// ```
/// use saywho::comparison::{Options, Topics};
/// use saywho::{Document, Reader};
///
/// let north = "President Ilse Maren of Norrland spoke with President Teo Vasca of Sudovia. She demanded a larger quota for cod.";
/// let south = "President Teo Vasca of Sudovia spoke with President Ilse Maren of Norrland. He refused a larger quota.";
/// let accounts = [Document::from_text("north", north), Document::from_text("south", south)];
/// let options = Options {
///     sides: vec![Some("Norrland".into()), Some("Sudovia".into())],
///     topics: Topics::parse("fish: quota, cod").expect("topics"),
/// };
/// let reader = Reader::new()?;
/// let mut worker = reader.worker();
/// let analyses: Vec<_> = accounts.iter().map(|account| worker.analyse(account)).collect();
/// let comparison = reader.compare(&analyses, &options);
/// assert!(comparison.issues.iter().any(|issue| issue.issue == "fish"));
/// # Ok::<(), saywho::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// For each document its side, where it is given.
    pub sides: Vec<Option<String>>,
    /// Topics that go before the issues found.
    pub topics: Topics,
}
