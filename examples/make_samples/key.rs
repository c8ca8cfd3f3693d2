//! The test keys.

use std::fs;
use std::path::Path;

use anyhow::{Context, anyhow};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use aws_lc_rs::{digest, rsa};
use hopscope::auth::dkim::base64;

/// A private key, by algorithm.
pub(crate) enum Key {
    Rsa(rsa::KeyPair),
    Ed25519(Ed25519KeyPair),
}

impl Key {
    /// Reads `tests/keys/<name>.pem`; the algorithm is in the name.
    pub(crate) fn read(name: &str) -> anyhow::Result<Self> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keys").join(format!("{name}.pem"));
        let pem = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let (_, rest) = pem.split_once("-----BEGIN PRIVATE KEY-----").context("no private key")?;
        let (text, _) = rest.split_once("-----END").context("no end of the key")?;
        let der = base64::decode(text).context("no base64")?;
        let rejected = |reason| anyhow!("{name}: {reason}");
        if name.ends_with(".ed25519") {
            Ok(Self::Ed25519(Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der).map_err(rejected)?))
        } else {
            Ok(Self::Rsa(RsaKeyPair::from_pkcs8(&der).map_err(rejected)?))
        }
    }

    /// What `a=` says of it.
    pub(crate) const fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "rsa-sha256",
            Self::Ed25519(_) => "ed25519-sha256",
        }
    }

    pub(crate) fn sign(&self, input: &[u8]) -> anyhow::Result<Vec<u8>> {
        match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), input, &mut signature)?;
                Ok(signature)
            }
            // Ed25519 signs the hash (RFC 8463 section 3).
            Self::Ed25519(pair) => Ok(pair.sign(digest::digest(&digest::SHA256, input).as_ref()).as_ref().to_vec()),
        }
    }
}
