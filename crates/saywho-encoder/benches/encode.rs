//! Pieces a second on one core, for each model's shape and each kernel that the processor has, with random weights.
//! `cargo bench -p saywho-encoder`; an argument "quick" leaves out the slow kernels.

use std::time::{Duration, Instant};

use saywho_encoder::{Config, Encoder, KernelPath, Piece, synthetic, wordpiece::WordPiece};

const SHAPES: [(usize, usize); 4] = [(8, 256), (8, 128), (8, 64), (1, 32)];
const TIME: Duration = Duration::from_millis(2500);

fn main() {
    let quick = std::env::args().any(|a| a == "quick");
    for (name, config) in models() {
        let file = synthetic::file(&config, 7);
        println!("{name}: load {:.0} ms", best(Duration::from_millis(500), || drop(Encoder::from_bytes(&file))) * 1e3);
        println!(
            "{:<12}{:>12}{:>12}{:>12}{:>12}   pieces/s, best run",
            "kernel", "8 x 256", "8 x 128", "8 x 64", "1 x 32"
        );
        for path in KernelPath::available() {
            if quick && path != KernelPath::Avx512Vnni {
                continue;
            }
            let encoder = Encoder::from_bytes(&file).ok().and_then(|e| e.with_kernel(path)).expect("a path that works");
            let speeds = SHAPES.map(|(count, length)| format!("{:>12.0}", speed(&encoder, count, length)));
            println!("{:<12}{}", format!("{path:?}"), speeds.concat());
        }
    }
    wordpiece();
}

/// The shape that training starts from, and those of the two models that are shipped.
fn models() -> [(&'static str, Config); 3] {
    let minilm = synthetic::minilm();
    [
        ("accurate", Config { ffn: 768, ..minilm.clone() }),
        ("fast", Config { layers: 2, heads: 6, ffn: 384, ..minilm.clone() }),
        ("MiniLM", minilm),
    ]
}

fn speed(encoder: &Encoder, count: usize, length: usize) -> f64 {
    let mut random = synthetic::Random::new(3);
    let mut piece = || Piece { id: random.next_u32() % 30_522, ..Piece::default() };
    let sequences: Vec<Vec<Piece>> = (0..count).map(|_| (0..length).map(|_| piece()).collect()).collect();
    let sequences: Vec<&[Piece]> = sequences.iter().map(Vec::as_slice).collect();
    let mut worker = encoder.worker();
    (count * length) as f64
        / best(TIME, || {
            std::hint::black_box(worker.encode(&sequences));
        })
}

/// Words of one and of two pieces.
fn wordpiece() {
    let word = |i: usize| format!("{}{i}", ["harbour", "ministry", "call"][i % 3]);
    let vocabulary: Vec<String> =
        ["[UNK]", "##port"].into_iter().map(String::from).chain((0..30_000).map(word)).collect();
    let pieces = WordPiece::from_vocab(&vocabulary.join("\n"));
    let words: Vec<String> = (0..10_000).map(|i| word(i * 7 % 30_000) + if i % 4 == 0 { "port" } else { "" }).collect();
    let mut ids = Vec::new();
    let seconds = best(Duration::from_millis(500), || {
        ids.clear();
        words.iter().for_each(|word| pieces.pieces(word, &mut ids));
    });
    println!("wordpiece {:.1} million pieces/s", ids.len() as f64 / seconds / 1e6);
}

/// Seconds of the quickest run within this time: other programs disturb it least.
fn best(time: Duration, mut run: impl FnMut()) -> f64 {
    let (start, mut least) = (Instant::now(), f64::INFINITY);
    while start.elapsed() < time {
        let before = Instant::now();
        run();
        least = least.min(before.elapsed().as_secs_f64());
    }
    least
}
