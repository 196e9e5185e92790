//! Every run of every program in `programs/`, each a test of its own (made by `build.rs`).

include!(concat!(env!("OUT_DIR"), "/programs.rs"));
