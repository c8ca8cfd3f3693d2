//! Builds anew when a provider's file is added: the folder is embedded, and the compiler watches only the files it had.
#![expect(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

fn main() {
    println!("cargo::rerun-if-changed=assets/providers");
}
