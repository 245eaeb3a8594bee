//! Inputs that are made to fill memory, stack and time, a small one for every kind of format.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use zip::write::SimpleFileOptions;

/// All of them, by the names of their files.
pub fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let mut all = pdfs();
    all.extend(packed());
    all.extend(pages());
    all.extend(others());
    all
}

fn pdfs() -> Vec<(&'static str, Vec<u8>)> {
    let flate = |bytes: &[u8]| zlib(bytes);
    let draws = |subtype: &str| {
        let form = format!("/Type /XObject {subtype} /BBox [0 0 1 1] /Resources << /XObject << /X 5 0 R >> >>");
        pdf("/XObject << /X 5 0 R >>", "4 0 R", &[stream("", b"/X Do"), stream(&form, b"/X Do")])
    };
    let spaces = vec![b' '; 300 << 20];
    let twice = stream("/Filter [/FlateDecode /FlateDecode]", &flate(&flate(&spaces)));
    let shows = stream("/Filter /FlateDecode", &flate(&b"(x) Tj ".repeat(100_000)));
    let again = format!("[{}]", "4 0 R ".repeat(2000));
    vec![
        ("draws-itself.pdf", draws("")),
        ("draws-itself-form.pdf", draws("/Subtype /Form")),
        ("two-filters.pdf", pdf("", "4 0 R", &[twice])),
        ("two-thousand-times.pdf", pdf("", &again, &[shows])),
        ("lzw.pdf", pdf("", "4 0 R", &[stream("/Filter /LZWDecode", &lzw(60))])),
        ("arrays.pdf", pdf("", "4 0 R", &[stream("", "[".repeat(1_000_000).as_bytes())])),
        ("own-parent.pdf", pdf("/X 2 0 R >> /Parent 3 0 R /Y <<", "4 0 R", &[stream("", b"BT ET")])),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type".to_vec()),
    ]
}

/// A PDF of one page with these resources and contents; `objects` are those from the fourth on.
fn pdf(resources: &str, contents: &str, objects: &[Vec<u8>]) -> Vec<u8> {
    let page = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents {contents} /Resources << {resources} >> >>"
    );
    let mut all = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        page.into_bytes(),
    ];
    all.extend_from_slice(objects);
    let (mut file, mut table) = (b"%PDF-1.7\n".to_vec(), String::new());
    for (number, object) in (1..).zip(&all) {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
    }
    let (start, size) = (file.len(), all.len() + 1);
    file.extend(format!("xref\n0 {size}\n0000000000 65535 f \n{table}").into_bytes());
    file.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF").into_bytes());
    file
}

fn stream(head: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<< {head} /Length {} >>\nstream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

/// So many times seven million spaces, packed with LZW: each code stands for one space more than the one before.
fn lzw(times: usize) -> Vec<u8> {
    let (mut bytes, mut bits, mut filled) = (Vec::new(), 0u32, 0);
    let mut put = |code: u32, width: u32| {
        bits = (bits << width) | code;
        filled += width;
        while filled >= 8 {
            filled -= 8;
            bytes.push((bits >> filled) as u8);
        }
        bits &= (1 << filled) - 1;
    };
    for time in 0..times {
        put(256, if time == 0 { 9 } else { 12 });
        put(u32::from(b' '), 9);
        for code in 258..4094 {
            // The code after the next one no longer fits the width.
            let width = [9, 10, 11, 12].into_iter().find(|width| code < (1 << width) - 1).unwrap_or(12);
            put(code, width);
        }
    }
    put(257, 12);
    put(0, 7);
    bytes
}

fn packed() -> Vec<(&'static str, Vec<u8>)> {
    let spaces = vec![b' '; 100 << 20];
    let inner = gzip(&spaces[..60 << 20]);
    let names: Vec<String> = (0..30).map(|n| format!("{n}.txt.gz")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &inner[..])).collect();
    let deep = (0..8).fold(b"Ilse Maren agreed.".to_vec(), |inside, _| zip(&[("a.txt", b"One."), ("b.zip", &inside)]));
    vec![
        ("bomb.txt.gz", gzip(&spaces)),
        ("bomb.txt.zst", ruzstd::encoding::compress_to_vec(&spaces[..], ruzstd::encoding::CompressionLevel::Fastest)),
        ("bomb.zip", zip(&[("a.txt", &spaces), ("b.txt", &spaces)])),
        ("bombs.zip.gz", gzip(&zip(&many))),
        ("deep.zip", deep),
    ]
}

fn pages() -> Vec<(&'static str, Vec<u8>)> {
    let page = |body: String| format!("<!DOCTYPE html><html><body>{body}</body></html>").into_bytes();
    let attributes: String = (0..50_000).map(|n| format!(" a{n}=1")).collect();
    let open: String = (0..900).map(|n| format!("<b id=b{n}>")).collect();
    vec![
        ("attributes.html", page(format!("<p{attributes}>Ilse Maren agreed.</p>"))),
        ("attribute.html", page(format!("<p title='{}'>Ilse Maren agreed.</p>", "x".repeat(1 << 20)))),
        ("nested.html", page("<div>".repeat(100_000))),
        ("nested-own.html", page("<x-y>".repeat(100_000))),
        ("open.html", page(open + &"<p>x".repeat(20_000))),
        ("angles.html", page("<".repeat(1 << 18))),
        ("tag.html", page(format!("<p {}", "<a ".repeat(1 << 18)))),
    ]
}

fn others() -> Vec<(&'static str, Vec<u8>)> {
    let part = |n: usize| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n");
    let mail: String = (0..5000).map(part).collect();
    let entities: String =
        (1..30).map(|n| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(10))).collect();
    let entity_feed = format!(
        "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY e0 'ten'>{entities}]><rss version='2.0'><channel><title>T</title>\
         <item><title>&e29;</title><description>Ilse Maren agreed &e29;.</description></item></channel></rss>"
    );
    let record = |length: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: {length}\r\n\r\nx\r\n\r\n"
        )
    };
    vec![
        ("deep.eml", format!("MIME-Version: 1.0\r\nFrom: a@b.example\r\nSubject: x\r\n{mail}").into_bytes()),
        ("entities.xml", entity_feed.into_bytes()),
        ("angles.xml", format!("<rss version='2.0'><channel>{}", "<".repeat(1 << 20)).into_bytes()),
        ("items.xml", format!("<rss version='2.0'><channel>{}", "<item><x>".repeat(100_000)).into_bytes()),
        ("deep.json", format!("{{\"text\": {}", "[".repeat(1_000_000)).into_bytes()),
        ("deep.jsonl", format!("{{\"text\": \"\"}}\n{{\"text\": {}\n", "{\"a\":".repeat(200_000)).into_bytes()),
        ("nul.txt", vec![0; 100_000]),
        (
            "long.warc",
            [record("18446744073709551615"), record("99999999999999999999999"), record("-1")].concat().into_bytes(),
        ),
        ("damaged.parquet", [&b"PAR1"[..], &[0xff; 4000], &[0xff, 0xff, 0xff, 0x7f], b"PAR1"].concat()),
    ]
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("packed");
    encoder.finish().expect("packed")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("packed");
    encoder.finish().expect("packed")
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).expect("begun");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("whole").into_inner()
}
