//! Hashes and signatures: the one file that names the cryptography crate.
