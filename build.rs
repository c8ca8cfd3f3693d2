//! Builds anew when a provider's file is added: the folder is embedded, and the compiler watches only the files it had.

fn main() {
    println!("cargo::rerun-if-changed=assets/providers");
}
