//! Writes the JSON Schemas of the contracts to `docs/schema`, for whoever changes the types:
//! `cargo run -p saywho-contract --features schema --example schema`.

use std::{fs, io, path::Path};

use saywho_contract::schema;

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("reading.json"), schema::reading())?;
    fs::write(folder.join("comparison.json"), schema::comparison())?;
    fs::write(folder.join("check.json"), schema::check())
}
