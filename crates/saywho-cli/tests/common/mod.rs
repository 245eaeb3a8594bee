//! What the tests of the command share.

#![allow(dead_code, reason = "every file of tests uses a part of it")]

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use tempfile::TempDir;

/// The command as a user calls it, away from the settings of whoever runs the tests.
pub fn saywho() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_saywho"));
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("CLICOLOR");
    command
}

/// A folder with files, gone at the end of the test.
pub struct Folder(TempDir);

impl Folder {
    /// An empty folder.
    pub fn new() -> Folder {
        Folder(tempfile::tempdir().expect("a folder"))
    }

    /// A folder with these files.
    pub fn with(files: &[(&str, &[u8])]) -> Folder {
        let folder = Folder::new();
        for (name, bytes) in files {
            let path = folder.at(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            fs::write(path, bytes).expect("written");
        }
        folder
    }

    /// A path inside.
    pub fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// What the command prints when all goes well.
pub fn stdout(command: &mut Command) -> String {
    let output = command.assert().success().get_output().clone();
    String::from_utf8(output.stdout).expect("UTF-8")
}
