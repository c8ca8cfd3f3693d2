//! Hashes, keys and signatures: the one file that names the cryptography crate.

mod rsa;

use std::fmt;

use aws_lc_rs::digest;
use aws_lc_rs::signature::{
    ED25519, ParsedPublicKey, RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
    RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, UnparsedPublicKey, VerificationAlgorithm,
};
use serde::Serialize;

use super::canon::Sink;

/// A hash algorithm of DKIM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hash {
    /// No longer valid for signatures (RFC 8301 section 3.1); computed so that it can be shown.
    Sha1,
    Sha256,
}

impl Hash {
    /// The name as in `h=` of a key record.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
        }
    }
}

/// Hashes what is written to it.
#[derive(Clone)]
pub struct Hasher {
    context: digest::Context,
    /// Canonical text comes word by word; the hash takes it in larger blocks.
    block: Vec<u8>,
}

impl Hasher {
    const BLOCK: usize = 4096;

    #[must_use]
    pub fn new(hash: Hash) -> Self {
        let algorithm = match hash {
            Hash::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            Hash::Sha256 => &digest::SHA256,
        };
        Self { context: digest::Context::new(algorithm), block: Vec::with_capacity(Self::BLOCK) }
    }

    #[must_use]
    pub fn finish(mut self) -> Digest {
        self.context.update(&self.block);
        Digest(self.context.finish())
    }

    /// The hash of what was written so far and then `end`. Writing goes on as if nothing had been asked.
    #[must_use]
    pub fn peek(&mut self, end: &[u8]) -> Digest {
        self.context.update(&self.block);
        self.block.clear();
        let mut context = self.context.clone();
        context.update(end);
        Digest(context.finish())
    }
}

impl Sink for Hasher {
    fn write(&mut self, bytes: &[u8]) {
        if self.block.len() + bytes.len() > Self::BLOCK {
            self.context.update(&self.block);
            self.block.clear();
        }
        if bytes.len() > Self::BLOCK {
            self.context.update(bytes);
        } else {
            self.block.extend_from_slice(bytes);
        }
    }
}

impl fmt::Debug for Hasher {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Hasher").finish_non_exhaustive()
    }
}

/// A finished hash.
#[derive(Debug, Clone)]
pub struct Digest(digest::Digest);

impl Digest {
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.0.as_ref()
    }
}

/// The kind of a public key, `k=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyKind {
    Rsa,
    Ed25519,
}

/// How the key stands in `p=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wrapping {
    /// `SubjectPublicKeyInfo`: what everybody writes for RSA, and no standard form for Ed25519 (RFC 8463 section 4).
    Spki,
    /// The key alone: `RSAPublicKey` as the text of RFC 6376 section 3.6.1 says, 32 bytes for Ed25519.
    Bare,
}

/// A public key that has been read.
#[derive(Debug, Clone)]
pub struct PublicKey {
    pub kind: KeyKind,
    /// Length of the RSA modulus; 256 for Ed25519.
    pub bits: u32,
    pub wrapping: Wrapping,
    /// `None` when the modulus has a length outside [`PublicKey::CHECKED_BITS`].
    key: Option<Key>,
}

#[derive(Debug, Clone)]
enum Key {
    /// DER, checked: the same key serves both hashes.
    Rsa(Vec<u8>),
    Ed25519(ParsedPublicKey),
}

/// What an RSA signature holds for a key, whatever text it was made over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// This key made it, over text of that hash.
    Hash(Vec<u8>),
    /// This key made it, over a hash of another algorithm than the signature names.
    OtherAlgorithm,
    /// Another key made it, or its bytes were damaged: no text at all verifies.
    NotByThisKey,
    /// The signature does not show it: Ed25519, or a key that is not computed with.
    NotShown,
}

/// What a signature check says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Check {
    Valid,
    Invalid,
    /// The key is of a length that the cryptography crate does not compute with.
    NotPossible,
}

impl PublicKey {
    /// The lengths of an RSA modulus that signatures are computed with. Below, RFC 8301 section 3.2 forbids to count a
    /// signature anyhow; above, nobody has to (1024 to 4096 bits must be supported).
    pub const CHECKED_BITS: std::ops::RangeInclusive<u32> = 1024..=8192;

    /// Reads an RSA key in either wrapping; `None` when the bytes are none.
    #[must_use]
    pub fn rsa(der: &[u8]) -> Option<Self> {
        let (bare, wrapping) = match der::spki(der, der::RSA_ENCRYPTION) {
            Some(bare) => (bare, Wrapping::Spki),
            None => (der, Wrapping::Bare),
        };
        let bits = der::rsa_modulus_bits(bare)?;
        let key = if Self::CHECKED_BITS.contains(&bits) {
            UnparsedPublicKey::new(&RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, bare).parse().ok()?;
            Some(Key::Rsa(bare.to_vec()))
        } else {
            None
        };
        Some(Self { kind: KeyKind::Rsa, bits, wrapping, key })
    }

    /// Reads an Ed25519 key in either wrapping; `None` when the bytes are none.
    #[must_use]
    pub fn ed25519(bytes: &[u8]) -> Option<Self> {
        let (bare, wrapping) = match der::spki(bytes, der::ED25519) {
            Some(bare) => (bare, Wrapping::Spki),
            None => (bytes, Wrapping::Bare),
        };
        let key = UnparsedPublicKey::new(&ED25519, bare).parse().ok().filter(|_| bare.len() == 32)?;
        Some(Self { kind: KeyKind::Ed25519, bits: 256, wrapping, key: Some(Key::Ed25519(key)) })
    }

    /// Checks a signature over a hash: PKCS #1 v1.5 for RSA (RFC 6376 section 3.3), `PureEdDSA` over the hash as the
    /// message for Ed25519 (RFC 8463 section 3).
    #[must_use]
    pub fn check(&self, hash: Hash, digest: &Digest, signature: &[u8]) -> Check {
        let valid = match &self.key {
            None => return Check::NotPossible,
            Some(Key::Ed25519(key)) => key.verify_sig(digest.bytes(), signature).is_ok(),
            Some(Key::Rsa(der)) => {
                let algorithm: &'static dyn VerificationAlgorithm = match hash {
                    Hash::Sha1 => &RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
                    Hash::Sha256 => &RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
                };
                UnparsedPublicKey::new(algorithm, der).verify_digest(&digest.0, signature).is_ok()
            }
        };
        if valid { Check::Valid } else { Check::Invalid }
    }

    /// Reads what was hashed out of a signature by `hash`.
    #[must_use]
    pub fn open(&self, hash: Hash, signature: &[u8]) -> Opened {
        let Some(Key::Rsa(der)) = &self.key else { return Opened::NotShown };
        let Some((modulus, exponent)) = der::rsa_numbers(der) else { return Opened::NotShown };
        match rsa::open(modulus, exponent, signature) {
            None => Opened::NotByThisKey,
            Some((named, digest)) if named == Some(hash) => Opened::Hash(digest),
            Some(_) => Opened::OtherAlgorithm,
        }
    }
}

/// As much DER (X.690) as a public key needs.
mod der {
    /// `rsaEncryption`, 1.2.840.113549.1.1.1 (RFC 8017 appendix A.1).
    pub(super) const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
    /// `id-Ed25519`, 1.3.101.112 (RFC 8410 section 3).
    pub(super) const ED25519: &[u8] = &[0x2b, 0x65, 0x70];

    const INTEGER: u8 = 0x02;
    const BIT_STRING: u8 = 0x03;
    const OBJECT_IDENTIFIER: u8 = 0x06;
    const SEQUENCE: u8 = 0x30;

    /// The key inside a `SubjectPublicKeyInfo` of that algorithm (RFC 5280 section 4.1).
    pub(super) fn spki<'a>(der: &'a [u8], algorithm: &[u8]) -> Option<&'a [u8]> {
        let (whole, rest) = element(der, SEQUENCE)?;
        let (identifier, whole) = element(whole, SEQUENCE)?;
        let (oid, _) = element(identifier, OBJECT_IDENTIFIER)?;
        let (key, end) = element(whole, BIT_STRING)?;
        let (unused_bits, key) = key.split_first()?;
        (rest.is_empty() && end.is_empty() && oid == algorithm && *unused_bits == 0).then_some(key)
    }

    /// Modulus and exponent of an `RSAPublicKey` (RFC 8017 appendix A.1.1).
    pub(super) fn rsa_numbers(der: &[u8]) -> Option<(&[u8], &[u8])> {
        let (key, rest) = element(der, SEQUENCE)?;
        let (modulus, key) = element(key, INTEGER)?;
        let (exponent, end) = element(key, INTEGER)?;
        let negative = modulus.first().is_none_or(|first| first & 0x80 != 0);
        (!negative && !exponent.is_empty() && rest.is_empty() && end.is_empty()).then_some((modulus, exponent))
    }

    /// The length of the modulus of an `RSAPublicKey`.
    pub(super) fn rsa_modulus_bits(der: &[u8]) -> Option<u32> {
        let (modulus, _) = rsa_numbers(der)?;
        let start = modulus.iter().position(|&byte| byte != 0)?;
        let significant = modulus.get(start..)?;
        u32::try_from(significant.len()).ok()?.checked_mul(8)?.checked_sub(significant.first()?.leading_zeros())
    }

    /// The content of the first element, when it has that tag, and what stands after it.
    fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
        let (&found, rest) = der.split_first()?;
        let (&first, rest) = rest.split_first()?;
        if found != tag {
            return None;
        }
        if first < 0x80 {
            return rest.split_at_checked(usize::from(first));
        }
        // Four bytes of length are far more than any key in DNS.
        let count = usize::from(first & 0x7f);
        if !(1..=4).contains(&count) {
            return None;
        }
        let (length, rest) = rest.split_at_checked(count)?;
        let length = length.iter().fold(0_usize, |length, &byte| length << 8 | usize::from(byte));
        rest.split_at_checked(length)
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::encoding::AsDer;
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::rsa::KeySize;
    use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};

    use super::*;

    fn digest_of(hash: Hash, text: &[u8]) -> Digest {
        let mut hasher = Hasher::new(hash);
        hasher.write(text);
        hasher.finish()
    }

    fn hex(bytes: &[u8]) -> String {
        use std::fmt::Write;
        bytes.iter().fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").unwrap();
            text
        })
    }

    #[test]
    fn hashes_are_the_standard_ones_in_any_pieces() {
        assert_eq!(hex(digest_of(Hash::Sha1, b"abc").bytes()), "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert_eq!(
            hex(digest_of(Hash::Sha256, b"abc").bytes()),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        let text = vec![b'x'; 20_000];
        let mut pieces = Hasher::new(Hash::Sha256);
        for piece in text.chunks(5_000) {
            pieces.write(piece);
            pieces.write(b"");
        }
        assert_eq!(pieces.finish().bytes(), digest_of(Hash::Sha256, &text).bytes());
    }

    #[test]
    fn rsa_keys_are_read_in_both_wrappings_and_verify() {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        let bare = pair.public_key().as_ref().to_vec();
        let spki = pair.public_key().as_der().unwrap();
        let digest = digest_of(Hash::Sha256, b"message");
        let mut signature = vec![0; pair.public_modulus_len()];
        pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), b"message", &mut signature).unwrap();
        for (der, wrapping) in [(bare.as_slice(), Wrapping::Bare), (spki.as_ref(), Wrapping::Spki)] {
            let key = PublicKey::rsa(der).unwrap();
            assert_eq!((key.bits, key.wrapping), (2048, wrapping));
            assert_eq!(key.check(Hash::Sha256, &digest, &signature), Check::Valid);
            assert_eq!(key.check(Hash::Sha256, &digest_of(Hash::Sha256, b"other"), &signature), Check::Invalid);
            assert_eq!(key.check(Hash::Sha256, &digest, b"short"), Check::Invalid);
        }
        for cut in 0..spki.as_ref().len() {
            assert!(PublicKey::rsa(&spki.as_ref()[..cut]).is_none());
        }
        assert!(PublicKey::rsa(&[bare.as_slice(), b"\0"].concat()).is_none(), "bytes after the key");
        assert!(PublicKey::ed25519(spki.as_ref()).is_none());
    }

    #[test]
    fn an_rsa_signature_shows_what_was_hashed_and_by_which_key() {
        let digest = digest_of(Hash::Sha256, b"message");
        for size in [KeySize::Rsa2048, KeySize::Rsa3072, KeySize::Rsa4096] {
            let pair = RsaKeyPair::generate(size).unwrap();
            let key = PublicKey::rsa(pair.public_key().as_ref()).unwrap();
            let mut signature = vec![0; pair.public_modulus_len()];
            pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), b"message", &mut signature).unwrap();
            assert_eq!(key.open(Hash::Sha256, &signature), Opened::Hash(digest.bytes().to_vec()));
            assert_eq!(key.open(Hash::Sha1, &signature), Opened::OtherAlgorithm);
            signature[9] ^= 1;
            assert_eq!(key.open(Hash::Sha256, &signature), Opened::NotByThisKey);
            assert_eq!(key.open(Hash::Sha256, b""), Opened::NotByThisKey);
        }
        let pair = Ed25519KeyPair::generate().unwrap();
        let key = PublicKey::ed25519(pair.public_key().as_ref()).unwrap();
        assert_eq!(key.open(Hash::Sha256, &[0; 64]), Opened::NotShown);
    }

    #[test]
    fn a_hash_can_be_looked_at_on_the_way() {
        let mut hasher = Hasher::new(Hash::Sha256);
        hasher.write(b"ab");
        assert_eq!(hasher.peek(b"c").bytes(), digest_of(Hash::Sha256, b"abc").bytes());
        hasher.write(b"c");
        assert_eq!(hasher.peek(b"").bytes(), hasher.clone().finish().bytes());
        assert_eq!(hasher.finish().bytes(), digest_of(Hash::Sha256, b"abc").bytes());
    }

    #[test]
    fn ed25519_keys_are_read_in_both_wrappings_and_verify() {
        let pair = Ed25519KeyPair::generate().unwrap();
        let raw = pair.public_key().as_ref().to_vec();
        let spki = [b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00".as_slice(), &raw].concat();
        let digest = digest_of(Hash::Sha256, b"message");
        let signature = pair.sign(digest.bytes());
        for (bytes, wrapping) in [(&raw, Wrapping::Bare), (&spki, Wrapping::Spki)] {
            let key = PublicKey::ed25519(bytes).unwrap();
            assert_eq!((key.bits, key.wrapping), (256, wrapping));
            assert_eq!(key.check(Hash::Sha256, &digest, signature.as_ref()), Check::Valid);
            assert_eq!(key.check(Hash::Sha256, &digest, &[0; 64]), Check::Invalid);
        }
        assert!(PublicKey::ed25519(&raw[1..]).is_none());
    }

    #[test]
    fn a_short_modulus_is_measured_and_not_computed_with() {
        let mut der = vec![0x30, 0x4b, 0x02, 0x41, 0x00, 0xff];
        der.extend([0x55; 63]);
        der.extend([0x02, 0x03, 0x01, 0x00, 0x01, 0x05, 0x00]);
        assert!(PublicKey::rsa(&der).is_none(), "an element too many");
        der.truncate(der.len() - 2);
        der[1] = 0x48;
        let key = PublicKey::rsa(&der).unwrap();
        assert_eq!(key.bits, 512);
        assert_eq!(key.check(Hash::Sha256, &digest_of(Hash::Sha256, b""), &[0; 64]), Check::NotPossible);
    }
}
