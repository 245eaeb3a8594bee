//! Which columns of a table hold what.

use std::str::FromStr;

/// The columns of rows: for each part of a document the names that are tried in turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// The text, plain or as a page.
    pub text: Vec<String>,
    /// A name for the document.
    pub id: Vec<String>,
    /// The headline.
    pub title: Vec<String>,
    /// Who wrote it.
    pub author: Vec<String>,
    /// Who published it.
    pub publisher: Vec<String>,
    /// When it was published.
    pub published: Vec<String>,
    /// The address it came from.
    pub source: Vec<String>,
    /// Its language.
    pub language: Vec<String>,
}

impl Default for Columns {
    fn default() -> Columns {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Columns {
            text: names(&["text", "body", "content", "maintext", "article", "html"]),
            id: names(&["id", "uuid"]),
            title: names(&["title", "headline"]),
            author: names(&["author", "authors", "byline"]),
            publisher: names(&["publisher", "outlet", "site_name", "source_domain", "domain"]),
            published: names(&[
                "published",
                "date",
                "date_publish",
                "published_at",
                "publish_date",
                "publication_date",
            ]),
            source: names(&["url", "source", "link"]),
            language: names(&["language", "lang"]),
        }
    }
}

impl Columns {
    /// All names that are tried.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        let parts = [&self.text, &self.id, &self.title, &self.author, &self.publisher, &self.published];
        let parts = parts.into_iter().chain([&self.source, &self.language]);
        parts.flatten().map(String::as_str)
    }
}

impl FromStr for Columns {
    type Err = String;

    /// From pairs such as `text=body,published=day`; what is not named keeps its usual names.
    fn from_str(pairs: &str) -> Result<Columns, String> {
        let mut columns = Columns::default();
        for pair in pairs.split(',') {
            let (part, name) = pair.split_once('=').ok_or_else(|| format!("\"{pair}\" is not PART=COLUMN"))?;
            let names = match part.trim() {
                "text" => &mut columns.text,
                "id" => &mut columns.id,
                "title" => &mut columns.title,
                "author" => &mut columns.author,
                "publisher" => &mut columns.publisher,
                "published" | "date" => &mut columns.published,
                "source" | "url" => &mut columns.source,
                "language" => &mut columns.language,
                other => {
                    let parts = "text, id, title, author, publisher, published, source and language";
                    return Err(format!("\"{other}\" is no part of a document: they are {parts}"));
                }
            };
            *names = vec![name.trim().to_owned()];
        }
        Ok(columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_columns_replace_the_usual_ones() {
        let columns: Columns = "text=story, date=day".parse().expect("columns");
        assert_eq!((columns.text, columns.published), (vec!["story".into()], vec!["day".into()]));
        assert_eq!(columns.title, Columns::default().title);
        assert!("txt=story".parse::<Columns>().expect_err("no part").contains("\"txt\""));
        assert!("story".parse::<Columns>().is_err());
    }
}
