//! Tables of learned numbers: a name and its numbers a line, separated by tabs, as the scripts of `training/` write them.

/// The number of a name in a column, the first behind the name being 1. `file` is what the table is called.
///
/// # Panics
/// If there is none: the table belongs to another version of the code.
pub fn number(table: &str, file: &str, name: &str, column: usize) -> f32 {
    let mut rows = table.lines().map(|line| line.split('\t'));
    let found = rows.find_map(|mut row| (row.next() == Some(name)).then(|| row.nth(column - 1)?.parse().ok())?);
    found.unwrap_or_else(|| panic!("{file} has no number {column} for “{name}”: make it with its script in training/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# Made by hand.\nissue constant\t-5.2\nnear\t0.5\t1\n";

    #[test]
    fn numbers_go_by_name() {
        assert_eq!((number(TABLE, "t.tsv", "issue constant", 1), number(TABLE, "t.tsv", "near", 2)), (-5.2, 1.0));
    }

    #[test]
    #[should_panic(expected = "t.tsv has no number 2 for “issue constant”")]
    fn what_is_missing_is_named() {
        number(TABLE, "t.tsv", "issue constant", 2);
    }
}
