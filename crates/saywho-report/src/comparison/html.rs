//! The comparison as a page that stands alone: the matrix first, then the texts side by side.

use super::matrix::{Matrix, document_facts, heading, lead};
use crate::page::{HEAD, PALETTE, escaped};
use crate::shorten::shorten;
use crate::words::one_line;
use saywho_contract::comparison::{Claim, Comparison, IssueRelation};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The most columns of a claim's words in a cell.
const WORDS: usize = 150;

/// The page. A cell's claims lead to their places in the texts; choosing one marks the passages it is linked with.
pub fn comparison_html(comparison: &Comparison) -> String {
    let matrix = Matrix::new(comparison);
    let lines = heading(comparison);
    let facts: String = lines[1..].iter().map(|l| format!("<li>{}</li>\n", escaped(l))).collect();
    let cautions: String =
        comparison.cautions.iter().map(|c| format!("<p class=\"caution\">{}</p>\n", escaped(c))).collect();
    let texts: String = (0..comparison.documents.len()).map(|d| text(comparison, d)).collect();
    format!(
        "{HEAD}<title>{title} – what each side tells</title>\n<style>\n{PALETTE}{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#texts\">To the texts</a>\n\
         <header>\n<h1>{title}</h1>\n<ul class=\"facts\">\n{facts}</ul>\n</header>\n\
         <main>\n{cautions}{table}<p class=\"legend\">“only” means: in the documents given. Relations tell how the accounts stand to each \
         other, not who is right.</p>\n\
         <section id=\"texts\" aria-label=\"The texts side by side\" class=\"n{count}\">\n{texts}</section>\n</main>\n\
         <script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        title = escaped(&lines[0]),
        table = table(&matrix),
        count = comparison.documents.len().min(3),
    )
}

fn table(matrix: &Matrix) -> String {
    let mut out = String::from("<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">issue</th>");
    for side in &matrix.sides {
        out += &format!("<th scope=\"col\">{}</th>", escaped(side));
    }
    out += "<th scope=\"col\">relation</th></tr></thead>\n<tbody>\n";
    for row in &matrix.comparison.issues {
        let kind = match &row.relation {
            IssueRelation::Between(relation) => relation.name(),
            IssueRelation::Only(_) => "only",
            IssueRelation::NotCompared => "not",
        };
        out += &format!("<tr class=\"{kind}\"><th scope=\"row\">{}</th>", escaped(&row.issue));
        for side in &matrix.sides {
            let claims = matrix.cell(row, side);
            if claims.is_empty() {
                out += &format!(
                    "<td class=\"silent\" data-side=\"{}\">– <span>({})</span></td>",
                    escaped(side),
                    escaped(&matrix.empty(row, side))
                );
                continue;
            }
            out += &format!("<td data-side=\"{}\"><ul>", escaped(side));
            out.extend(claims.iter().map(|claim| cell(matrix.comparison, claim)));
            out += "</ul></td>";
        }
        out += &format!("<td class=\"relation\">{}</td></tr>\n", escaped(&matrix.relation(row)));
    }
    out + "</tbody>\n</table></div>\n"
}

fn cell(comparison: &Comparison, claim: &Claim) -> String {
    let who = lead(comparison, claim).map(|lead| lead + " ").unwrap_or_default();
    let to = claim.addressee.as_ref().map(|a| format!("→ {} ", one_line(a.name()))).unwrap_or_default();
    let words = shorten(&one_line(comparison.telling_words(claim)), WORDS);
    format!(
        "<li><a href=\"#t-{id}\" data-claim=\"{id}\" data-links=\"{links}\"><b>{who}</b>{to}<q>{words}</q></a></li>",
        id = escaped(&claim.id),
        links = escaped(&links(comparison, &claim.id)),
        who = escaped(&who),
        to = escaped(&to),
        words = escaped(&words),
    )
}

/// The claims that a claim is linked with, each with its relation: "c4:differ c7:same".
fn links(comparison: &Comparison, id: &str) -> String {
    let of = comparison.links.iter().filter_map(|l| match (l.a == id, l.b == id) {
        (true, _) => Some(format!("{}:{}", l.b, l.relation.name())),
        (_, true) => Some(format!("{}:{}", l.a, l.relation.name())),
        _ => None,
    });
    of.collect::<Vec<_>>().join(" ")
}

/// One document with its claims marked.
fn text(comparison: &Comparison, document: usize) -> String {
    let account = &comparison.documents[document];
    let mut claims: Vec<&Claim> = comparison.claims.iter().filter(|c| c.document == document).collect();
    claims.sort_by_key(|c| (c.start, std::cmp::Reverse(c.end)));
    let mut out = format!(
        "<article tabindex=\"0\" aria-label=\"{}\">\n<h2>{}</h2>\n<p class=\"facts\">{}</p>\n<div class=\"text\" dir=\"auto\">",
        escaped(&account.id),
        escaped(account.side.as_deref().unwrap_or(&account.id)),
        escaped(&document_facts(account)),
    );
    let mut at = 0;
    for (i, claim) in claims.iter().enumerate() {
        // A claim within another one ends the outer mark early: marks do not nest.
        let next = claims.get(i + 1).map_or(account.text.len(), |c| c.start.max(claim.start));
        let (start, end) = (claim.start.max(at), claim.end.min(next.max(claim.start)));
        let (Some(before), Some(words)) = (account.text.get(at..start), account.text.get(start..end.max(start))) else {
            continue;
        };
        out += &escaped(before);
        out += &format!(
            "<mark id=\"t-{id}\" data-claim=\"{id}\" data-links=\"{links}\" title=\"{title}\">{words}</mark>",
            id = escaped(&claim.id),
            links = escaped(&links(comparison, &claim.id)),
            title = escaped(&claim.issue),
            words = escaped(words),
        );
        at = end.max(start);
    }
    out += &escaped(account.text.get(at..).unwrap_or_default());
    out + "</div>\n</article>\n"
}
