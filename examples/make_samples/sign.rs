//! The three kinds of signature field.

use std::path::Path;

use anyhow::{Context, bail};
use aws_lc_rs::digest;
use hopscope::auth::dkim::base64;
use hopscope::auth::dkim::canon::{self, Form};
use jiff::Timestamp;

use crate::draft::{Draft, with_crlf};
use crate::key::Key;

/// Carries out a directive (without its `@`): the field, signed over `below`.
pub(crate) fn field(directive: &str, below: &Draft, folder: &Path) -> anyhow::Result<String> {
    let mut words = directive.split_whitespace();
    let kind = words.next().unwrap_or_default();
    let key = Key::read(words.next().context("no key")?)?;
    let tags: Vec<(&str, &str)> =
        words.map(|word| word.split_once('=').with_context(|| format!("no tag: {word}"))).collect::<Result<_, _>>()?;
    let tag = |name: &str| tags.iter().find(|(found, _)| *found == name).map(|(_, value)| *value);
    let needed = |name: &str| tag(name).with_context(|| format!("@{kind}: no {name}="));
    let domain = format!("d={}; s={}; t={}", needed("d")?, needed("s")?, seconds(needed("t")?)?);
    let before = tag("over").map(|file| Draft::read(folder, file)).transpose()?;
    let signed = before.as_ref().unwrap_or(below);
    match kind {
        "sign" => {
            let mut start = format!("DKIM-Signature: v=1; a={}; c=relaxed/relaxed;\n\t{domain};", key.algorithm());
            let written = ["d", "s", "t", "h", "over"];
            for (name, value) in tags.iter().filter(|(name, _)| !written.contains(name)) {
                let value = if *name == "x" { seconds(value)?.to_string() } else { (*value).to_owned() };
                start = format!("{start} {name}={value};");
            }
            let length = tag("l").map(str::parse).transpose()?;
            message_signature(&start, needed("h")?, signed, length, &key)
        }
        "arc-signature" => {
            let start = format!(
                "ARC-Message-Signature: i={}; a={}; c=relaxed/relaxed;\n\t{domain};",
                needed("i")?,
                key.algorithm()
            );
            message_signature(&start, needed("h")?, signed, None, &key)
        }
        "arc-seal" => {
            let start = format!(
                "ARC-Seal: i={}; a={}; cv={};\n\t{domain};\n\tb=",
                needed("i")?,
                key.algorithm(),
                needed("cv")?
            );
            seal(&start, needed("i")?.parse()?, signed, &key)
        }
        other => bail!("no such directive: @{other}"),
    }
}

/// A field that signs header and body (RFC 6376 section 3.7); of the body, the first `length` bytes (`l=`).
fn message_signature(
    start: &str,
    names: &str,
    signed: &Draft,
    length: Option<usize>,
    key: &Key,
) -> anyhow::Result<String> {
    let names: Vec<&str> = names.split(':').collect();
    let body = canonical_body(&signed.body);
    let covered = body.as_bytes().get(..length.unwrap_or(body.len())).context("l= is longer than the body")?;
    let hash = digest::digest(&digest::SHA256, covered);
    let list = names.chunks(7).map(|names| names.join(":")).collect::<Vec<_>>().join(":\n\t ");
    let field = with_crlf(&format!("{start}\n\th={list};\n\tbh={};\n\tb=", base64::encode(hash.as_ref())));
    let mut input = String::new();
    for (index, name) in names.iter().enumerate() {
        // A repeated name means the next field further up; one too many means that there is none (section 5.4.2).
        let taken = names[..index].iter().filter(|before| before.eq_ignore_ascii_case(name)).count();
        let is_named =
            |field: &&String| field.split_once(':').is_some_and(|(found, _)| found.eq_ignore_ascii_case(name));
        if let Some(field) = signed.fields.iter().rev().filter(is_named).nth(taken) {
            input.push_str(&canonical_field(field));
            input.push_str("\r\n");
        }
    }
    finish(&field, &input, key)
}

/// A field that signs the ARC sets below it up to its own (RFC 8617 section 5.1.1).
fn seal(start: &str, instance: u32, signed: &Draft, key: &Key) -> anyhow::Result<String> {
    let mut input = String::new();
    for i in 1..=instance {
        for name in ["ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal"] {
            if (i, name) == (instance, "ARC-Seal") {
                break;
            }
            let start = format!("{name}: i={i};");
            let field =
                signed.fields.iter().find(|field| field.starts_with(&start)).with_context(|| format!("no {start}"))?;
            input.push_str(&canonical_field(field));
            input.push_str("\r\n");
        }
    }
    finish(&with_crlf(start), &input, key)
}

/// Signs `input` followed by the field itself, whose `b=` is empty so far, and fills that in.
fn finish(field: &str, input: &str, key: &Key) -> anyhow::Result<String> {
    let signature = base64::encode(&key.sign(format!("{input}{}", canonical_field(field)).as_bytes())?);
    let lines: Vec<&str> = signature.as_bytes().chunks(72).map(str::from_utf8).collect::<Result<_, _>>()?;
    Ok(format!("{}{}\r\n", field.trim_end(), lines.join("\r\n\t ")))
}

fn canonical_field(field: &str) -> String {
    let mut bytes = Vec::new();
    let mut canonical = canon::Header::new(Form::Relaxed);
    canonical.push(field.as_bytes(), &mut bytes);
    canonical.finish(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn canonical_body(body: &str) -> String {
    let mut bytes = Vec::new();
    let mut canonical = canon::Body::new(Form::Relaxed);
    canonical.push(body.as_bytes(), &mut bytes);
    canonical.finish(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn seconds(moment: &str) -> anyhow::Result<i64> {
    Ok(moment.parse::<Timestamp>().with_context(|| format!("no moment: {moment}"))?.as_second())
}
