//! Words to pieces, on a vocabulary of our own.

use saywho_encoder::wordpiece::WordPiece;

const VOCABULARY: &str =
    "[UNK]\n[CLS]\n[SEP]\nnorr\nnorrland\n##land\n##lan\n##er\n##d\n,\nmaren\ncafe\nß\n##s\n##ß\nистория\n#\n##\n漢\n";

fn pieces(word: &str) -> Vec<u32> {
    let mut out = vec![77];
    WordPiece::from_vocab(VOCABULARY).pieces(word, &mut out);
    assert_eq!(out.remove(0), 77, "what stood there before stays");
    out
}

#[test]
fn the_longest_piece_wins() {
    assert_eq!(pieces("norrland"), [4]);
    assert_eq!(pieces("norrlander"), [4, 7]);
    assert_eq!(pieces("norrlanlands"), [3, 6, 5, 13]);
    assert_eq!(pieces(","), [9]);
    assert_eq!(pieces("漢"), [18]);
}

#[test]
fn a_word_that_cannot_be_put_together_is_unknown() {
    assert_eq!(pieces("norrx"), [0], "not even a part of it stays");
    assert_eq!(pieces("lander"), [0], "a continuation does not start a word");
    assert_eq!(pieces("日"), [0]);
}

#[test]
fn case_and_accents_do_not_matter() {
    assert_eq!(pieces("NorrLand"), [4]);
    assert_eq!(pieces("Café"), [11]);
    assert_eq!(pieces("CAFE\u{301}"), [11]);
    assert_eq!(pieces("ИСТОРИЯ"), [15]);
    assert_eq!(pieces("Maßs"), [0]);
    assert_eq!(pieces("ßß"), [12, 14]);
    assert!(pieces("\u{301}").is_empty(), "an accent alone leaves nothing");
}

#[test]
fn a_lone_number_sign_is_a_piece_of_its_own() {
    assert_eq!(pieces("#"), [16]);
    assert_eq!(pieces("##"), [17], "no continuation of nothing");
}

#[test]
fn words_of_more_than_a_hundred_characters_are_unknown() {
    let long = |n: usize| format!("norrland{}", "d".repeat(n - 8));
    assert_eq!(pieces(&long(100)).len(), 93);
    assert_eq!(pieces(&long(101)), [0]);
    let wide = format!("café{}", "ß".repeat(96));
    assert_eq!(pieces(&wide).len(), 97, "characters count, not bytes");
    assert_eq!(pieces(&format!("{wide}ß")), [0]);
}

#[test]
fn whole_words_and_special_pieces_are_known() {
    let vocabulary = WordPiece::from_vocab(VOCABULARY);
    assert!(vocabulary.contains("norrland") && vocabulary.contains("Norrland") && vocabulary.contains("café"));
    assert!(!vocabulary.contains("land") && !vocabulary.contains("norrlander") && !vocabulary.contains(""));
    assert_eq!((vocabulary.unk(), vocabulary.cls(), vocabulary.sep()), (0, 1, 2));
    let bare = WordPiece::from_vocab("a\nb");
    assert_eq!((bare.unk(), bare.cls(), bare.sep()), (100, 101, 102));
}
