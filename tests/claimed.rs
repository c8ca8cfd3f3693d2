//! Whatever stands in a field of claims: it is read in time that grows with its length, and each word of it can be found again.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use hopscope::auth::claimed::{self, Border, Claim};
use hopscope::message::{Message, Span};
use proptest::prelude::*;

const NAMES: [&str; 7] = [
    "Authentication-Results",
    "ARC-Authentication-Results",
    "Received-SPF",
    "X-Senderauth-Result",
    "X-SID-Result",
    "Authentication-Results-Original",
    "X-MS-Exchange-Authentication-Results",
];

fn read(name: &str, value: &str) -> (Message, Vec<Claim>) {
    let message = Message::read(format!("{name}:{value}\r\n\r\n").into_bytes());
    let claims = claimed::read(&message, Border::default());
    (message, claims)
}

/// Every text that a reader of the claim can get at.
fn readable(message: &Message, claim: &Claim) -> String {
    let bytes = |span: &Span| String::from_utf8_lossy(message.source.slice(*span)).into_owned();
    let mut texts: Vec<String> =
        claim.authserv_id.iter().chain(&claim.receiver).chain(&claim.comments).cloned().collect();
    texts.extend(claim.instance.map(|instance| instance.to_string()));
    texts.extend(claim.unread.iter().map(bytes));
    texts.extend(claim.deviations.iter().map(|deviation| bytes(&deviation.span)));
    for result in &claim.results {
        texts.extend([result.method.clone(), result.result.clone()]);
        texts.extend(result.version.iter().chain(&result.reason).chain(&result.comments).cloned());
        texts.extend(result.properties.iter().flat_map(|own| [own.name.clone(), own.value.value.clone()]));
    }
    texts.join("\n").to_lowercase()
}

/// What a field can be made of; `#` becomes a word that occurs once.
const PIECES: [&str; 24] = [
    "#",
    " #",
    "#=#",
    " #.#=#",
    ";",
    "; ",
    "=",
    ".",
    " ",
    "\t",
    "/",
    "(#)",
    "(# (#) #)",
    "\"#\"",
    "\"# #\"",
    "#@#",
    "; dkim=#",
    " header.d=#",
    "; none",
    " reason=\"#\"",
    "i=1;",
    " smtp.#=",
    "<#>",
    "\u{3042}#",
];

fn value() -> impl Strategy<Value = (String, Vec<String>)> {
    proptest::collection::vec(0..PIECES.len(), 0..30).prop_map(|choices| {
        let mut words = Vec::new();
        let mut value = " ".to_owned();
        for character in choices.into_iter().flat_map(|choice| PIECES[choice].chars()) {
            if character == '#' {
                words.push(format!("w{}q", words.len()));
                value.push_str(words.last().unwrap());
            } else {
                value.push(character);
            }
        }
        (value, words)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// A word that neither a result nor the list of unread parts shows would be lost without a trace.
    #[test]
    fn no_word_is_lost((value, words) in value(), which in 0..NAMES.len()) {
        let (message, claims) = read(NAMES[which], &value);
        prop_assert_eq!(claims.len(), 1);
        let text = readable(&message, &claims[0]);
        for word in words {
            prop_assert!(text.contains(&word), "{word} of {value:?} is not in {:?}", claims[0]);
        }
    }

    #[test]
    fn no_bytes_break_it(value in proptest::collection::vec(any::<u8>(), 0..300), which in 0..NAMES.len()) {
        let mut input = format!("{}: ", NAMES[which]).into_bytes();
        input.extend(value);
        let message = Message::read(input);
        let names = message.fields.iter().filter(|field| claimed::ClaimHeader::of(&field.name).is_some()).count();
        prop_assert_eq!(claimed::read(&message, Border::default()).len(), names);
    }
}

/// Pieces that could be looked at again and again: dots, brackets, quotes and names without an end.
#[test]
fn long_fields_come_to_an_end() {
    const LENGTH: usize = 200_000;
    for piece in PIECES.iter().map(|piece| piece.replace('#', "a")).chain(
        ["x . ", "x(y).", "(", "((", "()", "\"", "\\", "a.", ". = ", "a = ", "a=b (", "a/b", "; a", "=;"]
            .map(str::to_owned),
    ) {
        for name in NAMES {
            for start in [" ", " mx.example.jp; dkim=pass "] {
                let (_, claims) = read(name, &format!("{start}{}", piece.repeat(LENGTH / piece.len())));
                assert_eq!(claims.len(), 1);
            }
        }
    }
}
