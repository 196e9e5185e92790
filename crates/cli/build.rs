//! The tables of what Linux defines hold tens of thousands of addresses. A program that may be loaded anywhere has to
//! correct each of them at every start, which takes longer than all else that the tracer does before its command runs.
//! So this one is linked for a fixed place.

fn main() {
    println!("cargo:rustc-link-arg-bins=-no-pie");
    println!("cargo:rerun-if-changed=build.rs");
}
