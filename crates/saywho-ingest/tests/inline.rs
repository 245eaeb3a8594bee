//! No word of a paragraph is lost behind an element within it: real pages with elements put in at random. Without the pages
//! of the shared data only the page below is tried.

use std::fs;
use std::path::Path;

use saywho_ingest::{Options, documents_in};

const PAGE: &str = "<html><head><title>Gate safe</title></head><body><article><h1>Gate safe</h1>\
    <p>“The lock gate at Hale is sound,” said Ada Lind on Monday, after a week of tests. “Boats may pass.”</p>\
    <p>Mayor Bo Tarn told the council that the repair would cost ninety thousand crowns, and half of it is paid.</p>\
    <p>The crowd of about two hundred people cheered for a long time and went home across the old bridge.</p>\
    </article></body></html>";

/// What is put into a text: around a word of it, or between two.
const AROUND: [&str; 12] =
    ["time", "button", "x-note", "q-", "mark", "bdi", "data", "small", "kbd", "ins", "output", "span class=share"];
const BETWEEN: [&str; 10] = [
    "<wbr>",
    "<svg width=1><path d='M0'/><text>ad</text></svg>",
    "<script>ad()</script>",
    "<iframe src=a>ad</iframe>",
    "<picture><source srcset=a><img src=a></picture>",
    "<!-- ad -->",
    "<img src=a.gif>",
    "<style>p {}</style>",
    "<select><option>ad</select>",
    "<em></em>",
];

/// Numbers that look random and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

/// The page with elements in its paragraphs, at every tenth word or so; and how many.
fn with_elements(page: &str, chance: &mut Chance) -> (String, usize) {
    let (mut made, mut count) = (String::new(), 0);
    let (mut rest, mut in_paragraph) = (page, false);
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        for word in text.split_inclusive(' ') {
            let bare = word.trim_end();
            let plain = !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_alphabetic());
            if !in_paragraph || !plain || chance.below(10) > 0 {
                made.push_str(word);
                continue;
            }
            count += 1;
            if chance.below(2) == 0 {
                let element = AROUND[chance.below(AROUND.len())];
                let name = element.split(' ').next().unwrap_or(element);
                made.push_str(&format!("<{element}>{bare}</{name}>{}", &word[bare.len()..]));
            } else {
                made.push_str(&format!("{}{word}", BETWEEN[chance.below(BETWEEN.len())]));
            }
        }
        let is = |name: &str| tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        let hidden = [("<script", "</script"), ("<style", "</style"), ("<!--", "-->"), ("<noscript", "</noscript")];
        let end = match hidden.iter().find(|(start, _)| is(start)) {
            Some((_, end)) => tag.to_ascii_lowercase().find(end).unwrap_or(tag.len()),
            None => tag.find('>').map_or(tag.len(), |end| end + 1),
        };
        in_paragraph = (in_paragraph && !is("</p")) || is("<p>") || is("<p ");
        made.push_str(&tag[..end]);
        rest = &tag[end..];
        if end == 0 {
            break;
        }
    }
    (made + rest, count)
}

/// The words of the main text.
fn words(page: &str) -> Option<Vec<String>> {
    let document = documents_in(page.as_bytes(), Some("page.html"), &Options::default()).remove(0).ok()?;
    Some(document.text.split_whitespace().map(str::to_owned).collect())
}

fn pages() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/web/mozilla-readability/test/test-pages");
    let mut found = vec![("invented".to_owned(), PAGE.to_owned())];
    for entry in fs::read_dir(Path::new(folder)).into_iter().flatten().flatten() {
        let path = entry.path().join("source.html");
        found.extend(fs::read_to_string(&path).ok().map(|page| (path.display().to_string(), page)));
    }
    found
}

#[test]
fn no_word_is_lost_behind_an_element_in_a_paragraph() {
    let mut chance = Chance(7);
    let mut put_in = 0;
    for (name, page) in pages() {
        let Some(before) = words(&page) else { continue };
        let (changed, count) = with_elements(&page, &mut chance);
        put_in += count;
        let after = words(&changed).unwrap_or_else(|| panic!("{name} has no text any more"));
        let differs = before.iter().zip(&after).position(|(before, after)| before != after);
        let at = differs.unwrap_or(before.len().min(after.len()));
        let around = |words: &[String]| words[at.saturating_sub(4)..(at + 8).min(words.len())].join(" ");
        assert!(
            before == after,
            "{name}: of {} words {} are left, from here on: {:?} became {:?}",
            before.len(),
            after.len(),
            around(&before),
            around(&after)
        );
    }
    assert!(put_in > 3, "{put_in}");
}

/// Each "AA", "BB" and so on stands for a sentence.
const BESIDE_BLOCKS: [&str; 15] = [
    "<h2>Sub</h2>AA<br><br>BB",
    "AA<p>BB</p>",
    "<h2>Sub</h2>AA<p>BB</p>CC",
    "<blockquote>AA</blockquote>BB",
    "<ul><li>AA</li></ul>BB",
    "<table><tr><td>AA</td></tr></table>BB",
    "<p>AA</p><aside>x</aside>BB",
    "<p>AA</p><figure><img src=a.gif></figure>BB",
    "<ul><li>AA<ul><li>BB</li></ul> CC</li></ul>",
    "<div>AA<div>BB</div>CC<p>DD</p>EE</div>",
    "<p>AA <div>BB</div> CC</p>",
    "<p>AA <span><p>BB</p> CC</span> DD</p>",
    "<p>AA</p><section>BB</section>",
    "<p>AA</p><details>BB</details>",
    "<p>AA</p><center>BB</center>",
];

#[test]
fn text_beside_blocks_is_read_once() {
    let mut wrong = Vec::new();
    for beside in BESIDE_BLOCKS {
        let marks: Vec<_> = ["AA", "BB", "CC", "DD", "EE"].into_iter().filter(|mark| beside.contains(mark)).collect();
        let sentence =
            |mark: &str| format!("{mark} Ada Lind told the council of Hale that gate {mark} may be used again.");
        let filled = marks.iter().fold(beside.to_owned(), |page, mark| page.replace(mark, &sentence(mark)));
        let page = PAGE.replace("</article>", &format!("{filled}</article>"));
        let words = words(&page).unwrap_or_default();
        let found: Vec<_> = words.iter().filter(|word| marks.contains(&word.as_str())).map(String::as_str).collect();
        let want: Vec<_> = marks.iter().flat_map(|&mark| [mark, mark]).collect();
        if found != want {
            wrong.push(format!("{beside}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
