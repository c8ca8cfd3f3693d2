//! Delivery reports in the free words of mailers: which recipient, and what is written about each.

use super::reply;

/// Sentences by which mailers open a report, in lower case, and who writes so.
const OPENINGS: &[(&str, &str)] = &[
    ("this is the mail system at host", "Postfix"),
    ("this is the postfix program at host", "Postfix"),
    ("this message was created automatically by mail delivery software", "Exim"),
    ("a message that you sent contained", "Exim"),
    ("hi. this is the ", "qmail"),
    ("the original message was received at", "Sendmail"),
    ("transcript of session follows", "Sendmail"),
    ("delivery to the following recipient failed permanently", "Gmail"),
    ("delivery to the following recipients failed permanently", "Gmail"),
    ("delivery to the following recipient has been delayed", "Gmail"),
    ("the group you tried to contact", "Google Groups"),
    ("google tried to deliver your message", "Gmail"),
    ("** address not found **", "Gmail"),
    ("** message blocked **", "Gmail"),
    ("** delivery incomplete **", "Gmail"),
    ("delivery has failed to these recipients or groups", "Exchange"),
    ("your message did not reach some or all of the intended recipients", "Exchange"),
    ("did not reach the following recipient(s)", "Exchange"),
    ("diagnostic information for administrators", "Exchange"),
    ("generating server:", "Exchange"),
    ("生成サーバー:", "Exchange"),
    ("への配信に失敗しました", "Exchange"),
    ("管理者用の診断情報", "Exchange"),
    ("管理者向けの診断情報", "Exchange"),
    ("sorry, we were unable to deliver your message to the following address", "Yahoo"),
    ("the user(s) account is", "au"),
    ("could not be delivered to:", "au"),
    ("this is the dragonfly mail agent", "DragonFly"),
    ("this is the mailer-daemon, please do not reply", "OpenSMTPD"),
    ("message from interscan messaging security suite", "Trend Micro InterScan"),
    ("sent <<< rcpt to:", "Trend Micro InterScan"),
    ("「m-filter」が", "m-FILTER"),
    ("message log follows:", "Smail"),
    ("error: invalid user address", "Verizon"),
];

/// Sentences that say the same without a maker.
const PHRASES: &[&str] = &[
    "送信できませんでした",
    "配信できませんでした",
    "配送できませんでした",
    "お届けできませんでした",
    "配信不能",
    "could not be delivered",
    "couldn't be delivered",
    "couldn’t be delivered",
    "unable to deliver",
    "was not delivered",
    "undeliverable",
    "delivery failed",
    "had delivery errors",
    "delivery errors",
    "error occurred while trying to deliver",
    "there was an error delivering",
    "trouble delivering your message",
    "error sending your mail",
    "mail failed, returning to sender",
    "returned permanent errors",
    "failed permanently",
    "delivery status notification",
    "delivery failure",
    "failure notice",
    "mail system error",
    "returned mail",
];

/// Sentences about a message that still waits.
const DELAYS: &[&str] = &[
    "has been delayed",
    "is delayed",
    "delivery delayed",
    "(delay)",
    "delivery attempts will continue",
    "will be retried",
    "will retry for",
    "has not yet been delivered",
    "warning message only",
    "you do not need to resend",
    "warning: could not send message",
    "warning--could not send",
    "配信が遅れて",
    "配信が遅延",
    "引き続き配信を試み",
];

/// Words by which a mailer says that it gave up. Beside a condition they speak of the future.
const GIVEN_UP: &[&str] = &[
    "permanent error",
    "permanent fatal error",
    "permanent failure",
    "failed permanently",
    "giving up",
    "given up",
    "gave up",
    "not going to try again",
    "will not be retried",
    "will not try again",
    "no further attempts",
    "will be deleted from",
    "been deleted from the queue",
    "been removed from the queue",
    "再送は行いません",
    "再送を中止",
    "配信を断念",
];
const CONDITIONS: &[&str] = &["if ", "unless ", "until ", "when ", "eventually", "場合"];

/// Words right before a recipient's address.
const LABELS: &[&str] = &[
    "could not be delivered to",
    "recipient",
    "recipient address",
    "final recipient",
    "failed recipient",
    "宛先",
    "あて先",
    "送信先",
    "送信先アドレス",
    "送信先メールアドレス",
    "受信者",
    "受信者のアドレス",
    "受信者アドレス",
    ">>> rcpt to",
    "rcpt to",
];

/// Words in the middle of a line after which a recipient's address stands.
const INLINE: &[&str] = &[
    "unable to deliver message to ",
    "undeliverable to ",
    "did not reach the following recipient: ",
    "returned permanent errors: ",
    "exceeds allowed size: ",
    "mailbox is full: ",
    " attempts: ",
    "sent <<< rcpt to:",
];

/// The longest text of one recipient that is kept, in characters.
pub(super) const MAX_TEXT: usize = 2_000;
/// The most lines and recipients that are read.
const MAX_LINES: usize = 20_000;
const MAX_CODED: usize = 20;
pub(super) const MAX_RECIPIENTS: usize = 1_000;

/// What the words say about one recipient.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    pub(super) address: String,
    pub(super) text: String,
}

/// Where a recipient is named, as mailers write it: more than an address somewhere in the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Named {
    #[default]
    Nowhere,
    /// A line begins with the address.
    Line,
    /// In a sentence that mailers write.
    Sentence,
}

/// A report in words.
#[derive(Debug, Default)]
pub(super) struct Prose {
    /// Who writes so.
    pub(super) writer: Option<&'static str>,
    pub(super) says_failed: bool,
    /// The reporter itself says so, not the reply it quotes.
    pub(super) says_delayed: bool,
    pub(super) named: Named,
    pub(super) blocks: Vec<Block>,
    pub(super) left_out: usize,
    pub(super) text: String,
}

impl Prose {
    pub(super) fn block(&self, address: &str) -> Option<&Block> {
        self.blocks.iter().find(|block| block.address.eq_ignore_ascii_case(address))
    }
}

/// Reads the words of a mailer, without the copy of the message below them.
pub(super) fn read(text: &str, subject: &str) -> Prose {
    let lower = text.to_lowercase();
    let subject = subject.to_lowercase();
    let own = format!("{subject}\n\n{}", without_replies(text).to_lowercase());
    let says = |text: &str, phrases: &[&str]| phrases.iter().any(|phrase| text.contains(phrase));
    let mut prose = Prose {
        writer: OPENINGS.iter().find(|(opening, _)| lower.contains(opening)).map(|(_, writer)| *writer),
        says_failed: says(&lower, PHRASES) || says(&subject, PHRASES),
        says_delayed: says(&own, DELAYS) && !gave_up(&own),
        text: text.lines().flat_map(|line| [line, "\n"]).collect::<String>().chars().take(MAX_TEXT * 10).collect(),
        ..Prose::default()
    };
    let lines: Vec<&str> = text.lines().take(MAX_LINES).collect();
    let starts: Vec<(usize, String, &str)> = lines
        .iter()
        .enumerate()
        .filter_map(|(index, line)| recipient(line).map(|(address, rest)| (index, address, rest)))
        .collect();
    for (place, (index, address, rest)) in starts.iter().enumerate() {
        let end = starts.get(place + 1).map_or(lines.len(), |(next, ..)| *next);
        let below = lines.get(index + 1..end).unwrap_or_default();
        prose.add(address, &words(rest, below));
    }
    prose.named = match starts.is_empty() {
        true => Named::Nowhere,
        false if lines.iter().any(|line| inline(line).is_some()) => Named::Sentence,
        false => Named::Line,
    };
    // Words above a bare list of addresses are about all of them.
    let first = starts.first().map_or(0, |(index, ..)| *index);
    let above = paragraph_above(lines.get(..first).unwrap_or_default());
    for block in prose.blocks.iter_mut().filter(|block| block.text.is_empty()) {
        block.text.clone_from(&above);
    }
    prose.add_lines_with_codes(&lines);
    if prose.blocks.is_empty()
        && let Some(address) =
            text.split_whitespace().find_map(|word| address(word.trim_matches(['.', ',', ':', '(', ')', '"'])))
    {
        let text = cut(prose.text.trim());
        prose.blocks.push(Block { address, text });
    }
    prose
}

impl Prose {
    /// What is said of the only recipient elsewhere, as in a table below: the lines with a reply.
    fn add_lines_with_codes(&mut self, lines: &[&str]) {
        let [only] = self.blocks.as_mut_slice() else { return };
        if reply::find(&only.text) != reply::Codes::default() {
            return;
        }
        let coded = lines.iter().map(|line| line.trim()).filter(|line| reply::find(line) != reply::Codes::default());
        let coded: Vec<&str> = coded.take(MAX_CODED).collect();
        if !coded.is_empty() {
            only.text = cut(&coded.join("\n"));
        }
    }

    fn add(&mut self, address: &str, text: &str) {
        if let Some(block) = self.blocks.iter_mut().find(|block| block.address.eq_ignore_ascii_case(address)) {
            if !text.is_empty() && !block.text.contains(text) {
                let joined = if block.text.is_empty() { text.to_owned() } else { format!("{}\n{text}", block.text) };
                block.text = cut(&joined);
            }
        } else if self.blocks.len() >= MAX_RECIPIENTS {
            self.left_out += 1;
        } else {
            self.blocks.push(Block { address: address.to_owned(), text: cut(text) });
        }
    }
}

/// The words of the reporter: in each paragraph only what stands before a recipient or a reply.
fn without_replies(text: &str) -> String {
    let mut own = String::new();
    let mut quoted = false;
    for line in text.lines().take(MAX_LINES) {
        quoted = !line.trim().is_empty()
            && (quoted || recipient(line).is_some() || reply::find(line) != reply::Codes::default());
        if !quoted {
            own.push_str(line);
            own.push('\n');
        }
    }
    own
}

fn gave_up(own: &str) -> bool {
    let joined = |paragraph: &str| paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentences = |paragraph: &str| joined(paragraph).split(['.', ';', '。']).map(str::to_owned).collect::<Vec<_>>();
    own.split("\n\n").flat_map(sentences).any(|sentence| {
        let has = |phrases: &[&str]| phrases.iter().any(|phrase| sentence.contains(phrase));
        has(GIVEN_UP) && !has(CONDITIONS)
    })
}

/// What is written of one recipient: to the next blank line, or, where a blank line follows the address, all of it.
fn words(rest: &str, below: &[&str]) -> String {
    let begins_at_once = !rest.is_empty() || below.first().is_some_and(|line| !line.trim().is_empty());
    let blank = |line: &&&str| line.trim().is_empty();
    let own: Vec<&str> = if begins_at_once {
        below.iter().take_while(|line| !blank(line)).map(|line| line.trim()).collect()
    } else {
        below.iter().map(|line| line.trim()).collect()
    };
    let says = |line: &&str| !line.is_empty() && !line.starts_with("-----") && *line != "(reason: )";
    let text = std::iter::once(rest).chain(own).filter(says).collect::<Vec<_>>().join("\n");
    text.trim().to_owned()
}

/// The last lines above that say something.
fn paragraph_above(lines: &[&str]) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for line in lines.iter().rev() {
        let line = line.trim();
        if line.is_empty() && !kept.is_empty() {
            break;
        }
        if !line.is_empty() && !line.chars().all(|c| matches!(c, '-' | '=' | '*')) {
            kept.push(line);
        }
    }
    kept.reverse();
    cut(&kept.join("\n"))
}

fn cut(text: &str) -> String {
    text.chars().take(MAX_TEXT).collect()
}

/// The recipient that a line begins with, and the rest of the line.
fn recipient(line: &str) -> Option<(String, &str)> {
    let line = line.trim();
    // "-- a@example.net", "* a@example.net": an item of a list.
    let line = ["-- ", "* "].iter().find_map(|mark| line.strip_prefix(mark)).unwrap_or(line).trim_start();
    if let Some((inside, rest)) = line.strip_prefix('"').and_then(|inner| inner.split_once("\":")) {
        return Some((address(inside)?, rest.trim()));
    }
    if let Some(inner) = line.strip_prefix('<') {
        let (inside, rest) = inner.split_once('>')?;
        // The wrapped end of another line goes on with a bracket: "(expanded from <a@example.net>): …".
        if !(rest.is_empty() || rest.starts_with([':', '.', ' ', '('])) {
            return None;
        }
        let rest = rest.trim_start_matches([':', ' ', '.']).trim();
        return Some((address(inside)?, rest));
    }
    if let Some((label, rest)) = line.split_once([':', '：']) {
        let known = LABELS.iter().any(|known| label.trim().eq_ignore_ascii_case(known));
        if known {
            return Some((address(rest.split_whitespace().next()?)?, ""));
        }
    }
    if let Some(address) = inline(line) {
        return Some((address, line));
    }
    // "550 5.1.1 <a@example.net>... User unknown", as Sendmail repeats it.
    if reply::find(line).reply.is_some() && line.starts_with(['4', '5']) {
        let word = line.split_whitespace().find(|word| word.ends_with("...") || word.ends_with(">:"))?;
        return Some((address(word.trim_end_matches(['.', ':']))?, line));
    }
    let end = line.find(|c: char| c.is_whitespace() || matches!(c, ':' | '<' | '(' | '[')).unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    let address = address(word)?;
    let bare = rest.trim_start();
    let ends = bare.is_empty() || [":", "<mailto:", "(", "[", "on ", "... "].iter().any(|mark| bare.starts_with(mark));
    let rest = if bare.starts_with("<mailto:") { "" } else { bare.trim_start_matches([':', ' ', '.']) };
    ends.then_some((address, rest))
}

/// The recipient that a mailer's sentence names.
fn inline(line: &str) -> Option<String> {
    let lower = line.to_ascii_lowercase();
    let at = INLINE.iter().find_map(|words| Some(lower.find(words)? + words.len()))?;
    let word = line.get(at..)?.split_whitespace().next()?;
    address(word.trim_end_matches(['.', ',', ';']))
}

/// An address, without the brackets around it.
pub(super) fn address(text: &str) -> Option<String> {
    const LONGEST: usize = 320;
    let text = text.trim().trim_start_matches('<').trim_end_matches('>');
    let (local, domain) = text.rsplit_once('@')?;
    let domain_fits = domain.contains('.')
        && domain.split('.').all(|label| !label.is_empty())
        && domain.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let local_fits = !local.is_empty()
        && !local.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '/' | '=' | ','));
    // Addresses with an equals sign are rewritten senders; recipients with one are as rare as links are common.
    (domain_fits && local_fits && text.len() <= LONGEST).then(|| text.to_owned())
}
