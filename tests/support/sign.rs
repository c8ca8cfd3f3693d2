//! Signs messages with keys made for one test, through the same canonical forms that the verifier uses.

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use hopscope::auth::dkim::canon::Sink;
use hopscope::auth::dkim::crypto::{Hash, Hasher};
use hopscope::auth::dkim::hash::{self, Header, OwnField};
use hopscope::auth::dkim::signature::Parameters;
use hopscope::auth::dkim::{base64, canon::Form};
use hopscope::message::Message;

/// A private key.
pub(crate) enum Key {
    Rsa(RsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl Key {
    pub(crate) fn rsa() -> Self {
        Self::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).unwrap())
    }

    pub(crate) fn ed25519() -> Self {
        Self::Ed25519(Ed25519KeyPair::generate().unwrap())
    }

    /// The record with which everybody publishes it.
    pub(crate) fn record(&self) -> String {
        match self {
            Self::Rsa(pair) => {
                let spki = pair.public_key().as_der().unwrap();
                format!("v=DKIM1; k=rsa; p={}", base64::encode(spki.as_ref()))
            }
            Self::Ed25519(pair) => format!("v=DKIM1; k=ed25519; p={}", base64::encode(pair.public_key().as_ref())),
        }
    }

    /// Signs the input of a header hash.
    pub(crate) fn sign(&self, input: &[u8]) -> Vec<u8> {
        match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), input, &mut signature).unwrap();
                signature
            }
            Self::Ed25519(pair) => {
                let mut hasher = Hasher::new(Hash::Sha256);
                hasher.write(input);
                pair.sign(hasher.finish().bytes()).as_ref().to_vec()
            }
        }
    }
}

/// Puts a field of that name on top of a message: `tags` and, where they are missing, `bh=` and `b=`.
pub(crate) fn sign(message: &[u8], name: &str, tags: &str, key: &Key) -> Vec<u8> {
    let read = Message::read(message.to_vec());
    let parameters = Parameters::read(tags.as_bytes(), 0);
    let mut field = format!("{name}: {tags}");
    if parameters.list.get("bh").is_none() {
        let plan = parameters.body_plan().unwrap();
        let body = read.source.slice(read.body.unwrap_or_default());
        let digests = hash::body(&[body], &[plan]);
        field += "; bh=";
        field += &base64::encode(digests[0].digest.bytes());
    }
    field += "; b=";
    let header = Header::of(&read);
    let names = parameters.signed.get().into_iter().flatten();
    let selected = header.select(names.map(|name| name.value.as_str()), None);
    let input = input(&header, &selected, &field, parameters.forms().unwrap().0);
    field += &base64::encode(&key.sign(&input));
    [field.as_bytes(), b"\r\n", message].concat()
}

fn input(header: &Header<'_>, selected: &[Option<usize>], field: &str, form: Form) -> Vec<u8> {
    let mut input = Vec::new();
    header.write(selected, &OwnField::new(field.as_bytes(), field.len()..field.len()), form, &mut input);
    input
}
