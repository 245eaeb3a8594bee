//! Files that cannot be used give errors that say what is wrong, never a panic.

use proptest::prelude::*;
use saywho_encoder::synthetic::{self, Tensors};
use saywho_encoder::{Config, Encoder, EncoderError};

fn small() -> Config {
    Config { layers: 1, width: 32, heads: 1, head_width: 32, ffn: 64, near: 0, max_positions: 8, vocabulary: 20 }
}

fn error(change: impl FnOnce(&mut Tensors)) -> String {
    let mut tensors = synthetic::tensors(&small(), 1);
    change(&mut tensors);
    message(&synthetic::serialize(&tensors, synthetic::metadata(&small())))
}

fn message(bytes: &[u8]) -> String {
    match Encoder::from_bytes(bytes) {
        Ok(_) => panic!("the file was taken"),
        Err(error) => error.to_string(),
    }
}

fn with_metadata(key: &str, value: Option<&str>) -> String {
    let mut metadata = synthetic::metadata(&small());
    match value {
        Some(value) => metadata.insert(key.into(), value.into()),
        None => metadata.remove(key),
    };
    message(&synthetic::serialize(&synthetic::tensors(&small(), 1), metadata))
}

#[test]
fn each_missing_tensor_is_named() {
    let needed = synthetic::tensors(&small(), 1).into_keys();
    for name in needed.filter(|name| name != "tags.transitions" && name != "heads.label.weight") {
        let message = error(|tensors| drop(tensors.remove(&name)));
        assert_eq!(message, format!("the weights lack the tensor \"{name}\"; export the model again with it"));
    }
}

#[test]
fn each_wrong_shape_is_named() {
    let needed = synthetic::tensors(&small(), 1).into_keys().filter(|name| name != "tags.transitions");
    for name in needed {
        // One dimension more is wrong for every tensor.
        let message = error(|tensors| tensors.get_mut(&name).expect("it is there").1.push(1));
        assert!(message.starts_with(&format!("the tensor \"{name}\" has the shape [")), "{message}");
    }
}

#[test]
fn a_wrong_type_is_named() {
    let message = error(|tensors| {
        let bytes = tensors["layers.0.up.q"].clone();
        tensors.insert("layers.0.up.scale".into(), bytes);
    });
    assert_eq!(message, "the tensor \"layers.0.up.scale\" holds I8, not F32");
}

#[test]
fn metadata_must_be_there_and_make_sense() {
    for key in ["layers", "width", "heads", "head_width", "ffn", "max_positions"] {
        assert!(with_metadata(key, None).contains(&format!("metadata lacks \"{key}\"")));
        for value in ["", "0", "-1", "six", "99999999999999999999999"] {
            let message = with_metadata(key, Some(value));
            assert!(message.contains(&format!("{key} = \"{value}\": it must be a whole number")), "{message}");
        }
    }
    assert!(with_metadata("head_width", Some("5")).contains("a head must be 16, 32 or 64 wide"));
    assert!(with_metadata("ffn", Some("65")).contains("it must be a multiple of 16"));
    assert!(with_metadata("max_positions", Some("513")).contains("at most 512 positions"));
    assert!(with_metadata("max_positions", Some("9")).contains("\"embeddings.position\" has the shape [8, 32]"));
    assert!(with_metadata("layers", Some("2")).contains("lack the tensor \"layers.1.qkv.q\""));
}

#[test]
fn a_file_cut_anywhere_is_an_error() {
    let bytes = synthetic::file(&small(), 1);
    for length in (0..bytes.len()).step_by(97) {
        let found = Encoder::from_bytes(&bytes[..length]).err();
        assert!(matches!(found, Some(EncoderError::Container(_))), "{length}: {found:?}");
    }
}

proptest! {
    /// Damage in the header may go unseen when it hits a name that is not needed, but nothing panics.
    #[test]
    fn damage_never_panics(at in 0usize..3000, byte: u8) {
        let mut bytes = synthetic::file(&small(), 1);
        bytes[at] = byte;
        let _ = Encoder::from_bytes(&bytes);
    }

    #[test]
    fn anything_else_is_an_error(bytes: Vec<u8>) {
        prop_assert!(Encoder::from_bytes(&bytes).is_err());
    }
}
