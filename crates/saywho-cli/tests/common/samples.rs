//! A sample of every format, made here: in each Ilse Maren says that the ban stays.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;

/// What each of them holds.
pub const SAID: &str = "“The ban stays,” said Ilse Maren, the minister of Norrland, on Monday.";

/// All of them, by names without endings.
pub fn all() -> Vec<(&'static str, Vec<u8>)> {
    let quoted = SAID.replace('“', "&ldquo;").replace('”', "&rdquo;");
    let row = format!("{{\"text\": \"{SAID}\"}}");
    vec![
        ("text", SAID.into()),
        ("html", format!("<html><body><article><p>{quoted}</p></article></body></html>").into()),
        ("markdown", format!("# The ban\n\nIt **stays**.\n\n{SAID}\n").into()),
        ("pdf", pdf(&[&["\\223The ban stays,\\224 said Ilse Maren, the minister of Nor-", "rland, on Monday."]])),
        ("docx", docx(&format!("<w:p><w:r><w:t>{SAID}</w:t></w:r></w:p>"))),
        ("odt", odt(&format!("<text:p>{SAID}</text:p>"))),
        ("rtf", rtf("\\ldblquote The ban stays,\\rdblquote  said Ilse Maren, the minister of Norrland, on Monday.\\par")),
        ("csv", format!("id,text\n1,\"{SAID}\"\n").into()),
        ("tsv", format!("title\ttext\nBan\t{SAID}\n").into()),
        ("json", format!("[{row}]").into()),
        ("jsonl", format!("{row}\n").into()),
        ("feed", format!("<rss version=\"2.0\"><channel><title>Post</title><item><description>{SAID}</description></item></channel></rss>").into()),
        ("warc", warc(&format!("<html><body><p>{SAID}</p></body></html>"))),
        ("zip", zip(&[("note", SAID)])),
        ("tar", tar("note", SAID.as_bytes())),
        ("eml", mail(SAID, None).into()),
        ("mbox", format!("From ada@hale.example Thu Mar  4 10:00:00 2031\n{}\n", mail(SAID, None)).into()),
        ("gzip", gzip(SAID.as_bytes())),
    ]
}

/// A PDF of pages with these lines, in letters that are half as wide as they are high.
pub fn pdf(pages: &[&[&str]]) -> Vec<u8> {
    let placed: Vec<Vec<(f64, f64, &str)>> = pages
        .iter()
        .map(|lines| lines.iter().enumerate().map(|(n, line)| (60.0, 760.0 - 14.0 * n as f64, *line)).collect())
        .collect();
    pdf_at(&placed)
}

/// A PDF of pages with lines at these places.
pub fn pdf_at(pages: &[Vec<(f64, f64, &str)>]) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|n| format!("{} 0 R ", 4 + 2 * n)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    for (n, lines) in pages.iter().enumerate() {
        let shown = |(x, y, words): &(f64, f64, &str)| format!("BT /F1 10 Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n");
        let stream: String = lines.iter().map(shown).collect();
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            5 + 2 * n
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{stream}endstream", stream.len()));
    }
    let (mut file, mut table) = ("%PDF-1.4\n".to_owned(), String::new());
    for (number, object) in (1..).zip(&objects) {
        table += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file += &format!("xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n");
    (file + &format!("startxref\n{start}\n%%EOF")).into_bytes()
}

/// A Word document with this body.
pub fn docx(body: &str) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let core = "<cp:coreProperties><dc:title>The ban</dc:title><dc:creator>Ada Lind</dc:creator></cp:coreProperties>";
    zip(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document), ("docProps/core.xml", core)])
}

/// An OpenDocument text with this body.
pub fn odt(body: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", "<m/>"),
        ("content.xml", &content),
    ])
}

/// An RTF file with this body.
pub fn rtf(body: &str) -> Vec<u8> {
    format!("{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0 Times;}}}}\n\\pard {body}\n}}").into_bytes()
}

/// A mail with this text, and a file attached to it.
pub fn mail(text: &str, attached: Option<(&str, &str)>) -> String {
    let head = "Message-ID: <1@hale.example>\nMIME-Version: 1.0\nFrom: Ada Lind <ada@hale.example>\nSubject: The ban\n\
                Date: Fri, 04 Apr 2031 09:12:00 +0000\n";
    let Some((name, words)) = attached else {
        return format!("{head}Content-Type: text/plain; charset=utf-8\n\n{text}\n");
    };
    format!(
        "{head}Content-Type: multipart/mixed; boundary=\"x\"\n\n--x\nContent-Type: text/plain; charset=utf-8\n\n{text}\n\
         --x\nContent-Type: application/octet-stream; name=\"{name}\"\nContent-Disposition: attachment; filename=\"{name}\"\n\n{words}\n--x--\n"
    )
}

fn warc(page: &str) -> Vec<u8> {
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n{page}",
        page.len()
    );
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/ban\r\nContent-Type: application/http\r\n\
         Content-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    )
    .into_bytes()
}

/// A ZIP archive of these entries.
pub fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, words) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).expect("begun");
        writer.write_all(words.as_bytes()).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

fn tar(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut head = [0u8; 512];
    let mut put = |at: usize, words: &str| head[at..at + words.len()].copy_from_slice(words.as_bytes());
    put(0, name);
    put(100, "0000644\0");
    put(124, &format!("{:011o}\0", bytes.len()));
    put(148, "        ");
    put(156, "0");
    put(257, "ustar\x0000");
    let sum: u32 = head.iter().map(|&b| u32::from(b)).sum();
    head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let mut file = head.to_vec();
    file.extend_from_slice(bytes);
    file.resize(file.len().next_multiple_of(512) + 1024, 0);
    file
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("packed");
    encoder.finish().expect("packed")
}
