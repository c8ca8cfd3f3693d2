//! From the verdict to what the two letters ask for: the same in every language.

use crate::bounce::{Meaning, Outcome};
use crate::check::headline::Lacking;
use crate::check::{
    Accepted, Actor, ChangedBy, DeliveryEnd, Finding, Problem, Refused, Severity, Tally, Verdict, is_signer_shown,
};
use crate::facts::Facts;

use super::letter::Matter;

/// What the customer is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request<'a> {
    Nothing,
    /// Nothing; should the message not arrive as it should, what the receiving side shows is wanted.
    TellWhatIsShown,
    /// The sender is asked by other means than mail whether it is genuine.
    AskOtherwise,
    /// The same about the end of the text.
    AskAboutEnd,
    /// The same where something in the message seems odd.
    AskIfOdd,
    /// Links, attachments and replies are left alone; that domain is asked by a way known to be its own.
    KeepAway(&'a str),
    /// The same, where the name of the sender is not the one it seems: the sender whom the customer knows is asked.
    KeepAwayKnown,
    /// The same, where the domain does not exist.
    KeepAwayUnknown,
    /// The same until the receiving side's administrator has looked.
    KeepAwayForNow,
    /// The whole message in its original form is wanted.
    SendWhole,
    Wait,
    /// The report is for whoever runs that domain.
    PassReportOn(&'a str),
    /// What a delivery report asks for.
    AsReported(&'a Refused),
    AsDelivered(DeliveryEnd),
    /// What an aggregate report asks for.
    AsCounted(&'a Tally),
}

/// Who does what next, and whom to turn to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next<'a> {
    Nothing,
    /// Whoever runs that domain can change it; the other letter says what.
    Owner(&'a str),
    /// The same, and they alone know whether the message is theirs.
    OwnerIfTheirs(&'a str),
    /// Whoever runs the first domain knows whether the second sends for it.
    OwnerOfService(&'a str, &'a str),
    /// Whoever runs the server that handed the message over to the receiving side.
    SendingServer,
    /// Whoever runs the program or device that wrote the message.
    Device,
    /// The administrator of the receiving side looks at it.
    Receiver,
    /// The same, and looks for other mail of the kind.
    ReceiverSearches,
    /// Whoever runs the mailing list.
    List,
    /// Those who run the servers on the way.
    OnTheWay,
    CheckAgain,
    CheckWhole,
    /// If the same report comes again, it is wanted.
    SendNextReport,
}

/// Whom the administrator's letter is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addressee<'a> {
    /// Whoever runs the mail and the DNS of that domain.
    Owner(Option<&'a str>),
    Service,
    /// Whoever runs the list or the server that passed the message on.
    PassedOn,
    /// Those who run the servers on the way, where nothing shows which of them it concerns.
    OnTheWay,
    Receiver,
    Nobody,
}

/// Why DNS did not tell what decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::text) enum Open {
    NotAsked,
    NoAnswer,
}

impl<'a> Matter<'a> {
    /// What the customer is asked to do, and what comes next.
    pub(in crate::text) fn plan(&self) -> (Request<'a>, Next<'a>) {
        match self.verdict() {
            Verdict::NotEnough { .. } if self.waits_for().is_some() => (Request::Wait, Next::CheckAgain),
            Verdict::NotEnough { .. } if self.is_whole() => (Request::AskOtherwise, Next::Receiver),
            Verdict::NotEnough { .. }
            | Verdict::HeadersOnlySigned { .. }
            | Verdict::HeadersOnly { .. }
            | Verdict::Modified { by: ChangedBy::Saving, .. }
            | Verdict::Modified { proved: true, by: ChangedBy::Storage, .. } => (Request::SendWhole, Next::CheckWhole),
            Verdict::FilterMarked { phishing: false, .. }
            | Verdict::Modified { proved: true, by: ChangedBy::ReceivingSide, .. } => {
                (Request::AskIfOdd, Next::Receiver)
            }
            Verdict::Bounced { refused, .. } => {
                self.refused_domain().map_or((Request::AsReported(refused), Next::SendNextReport), |domain| {
                    (Request::PassReportOn(domain), Next::Owner(domain))
                })
            }
            Verdict::Delivered { delivered, .. } => (Request::AsDelivered(delivered.end), Next::Nothing),
            Verdict::AggregateReport { tally } if tally.largest.is_none() => (Request::Nothing, Next::Nothing),
            Verdict::AggregateReport { tally } => (Request::AsCounted(tally), Next::Nothing),
            Verdict::AllWell { author, .. } | Verdict::ForwardedDkimCarries { author } => {
                let next = if self.headline.actor == Actor::Sender { Next::Owner(author) } else { Next::Nothing };
                (Request::TellWhatIsShown, if self.has_warning() { next } else { Next::Nothing })
            }
            Verdict::AuthorLookalike { .. } | Verdict::NameElsewhere { .. } => {
                (Request::KeepAwayKnown, Next::ReceiverSearches)
            }
            Verdict::FilterMarked { phishing: true, .. } => (Request::KeepAwayForNow, Next::Receiver),
            Verdict::ArrivalNotEncrypted { .. } => (Request::Nothing, Next::SendingServer),
            Verdict::PartlySigned { author, .. } => (Request::AskAboutEnd, Next::Owner(author)),
            Verdict::ListModified { by_list: true, proved: true, .. } => (Request::AskIfOdd, Next::List),
            Verdict::ListModified { .. }
            | Verdict::NoSingleAuthor { .. }
            | Verdict::ReadingsDiffer { suffix: Some(_), .. }
            | Verdict::ForwardedUnsigned { saw_pass: Some(_), .. } => (Request::AskOtherwise, Next::Receiver),
            Verdict::ReadingsDiffer { author, suffix: None, .. } | Verdict::RepeatedField { author, .. } => {
                (Request::AskIfOdd, Next::Owner(author))
            }
            Verdict::ForwardedUnsigned { proved: false, .. } | Verdict::Modified { proved: false, .. }
                if self.headline.actor == Actor::Receiver =>
            {
                (Request::AskOtherwise, Next::Receiver)
            }
            Verdict::AnybodyPasses { author, .. } | Verdict::BodyUnsigned { author } => {
                (Request::AskOtherwise, Next::Owner(author))
            }
            Verdict::AuthorNotPublic { .. } => (Request::KeepAwayForNow, Next::Device),
            Verdict::SignatureUnusable { author, fits: Some(_), .. } => (Request::AskIfOdd, Next::Owner(author)),
            Verdict::KeyMissing { author, .. }
            | Verdict::SignatureUnusable { author, .. }
            | Verdict::ForwardedUnsigned { author, .. }
            | Verdict::Unauthenticated { author }
            | Verdict::SpfOverLimit { author, passes: false, .. }
            | Verdict::Modified { author, proved: false, .. }
            | Verdict::NoDmarcRecord { author, proved: false, .. } => {
                (Request::AskOtherwise, Next::OwnerIfTheirs(author))
            }
            Verdict::SpfOverLimit { author, passes: true, .. }
            | Verdict::NoDmarcRecord { author, proved: true, .. } => (Request::Nothing, Next::Owner(author)),
            Verdict::ThirdPartySignature { author, signer: other, .. }
            | Verdict::ThirdPartyEnvelope { author, envelope: other, .. }
            | Verdict::OtherDomainOnly { author, passed: other, .. } => {
                (Request::AskOtherwise, Next::OwnerOfService(author, other))
            }
            Verdict::Modified { proved: true, .. } => (Request::AskOtherwise, Next::OnTheWay),
            Verdict::Spoofed { author, .. } => (Request::KeepAway(author), Next::ReceiverSearches),
            Verdict::AuthorDomainMissing { .. } => (Request::KeepAwayUnknown, Next::ReceiverSearches),
            Verdict::DnsUnreachable { .. } | Verdict::NotAsked { .. } => (Request::Wait, Next::CheckAgain),
        }
    }

    /// It is a report, and what it says is what matters.
    pub(in crate::text) const fn is_report(&self) -> bool {
        matches!(self.verdict(), Verdict::Bounced { .. } | Verdict::Delivered { .. } | Verdict::AggregateReport { .. })
    }

    /// The domain whose mail it may not be at all: a signature names it, which anybody can write, or the message was passed on,
    /// and nothing shows that it is the domain's.
    pub(super) fn perhaps_foreign(&self) -> Option<&'a str> {
        let (Verdict::KeyMissing { author, .. }
        | Verdict::SignatureUnusable { author, .. }
        | Verdict::ForwardedUnsigned { author, .. }
        | Verdict::Modified { author, proved: false, .. }) = self.verdict()
        else {
            return None;
        };
        let is_shown = self.facts.author_signature().is_some_and(|signature| is_signer_shown(self.facts, signature));
        (self.headline.actor == Actor::Sender && !is_shown).then_some(author)
    }

    /// The findings that weigh more than a note. Of a report, how it came itself is no matter of whoever gets the letter.
    pub(super) fn weighing(&self) -> impl Iterator<Item = &'a Finding> {
        let is_report = self.is_report();
        let weighs = self.findings.iter().filter(|finding| finding.severity > Severity::Note);
        weighs.filter(move |finding| !is_report || is_told_by_report(&finding.problem))
    }

    /// The domain of the mail that came back, where it was refused for good for how that domain proves itself.
    pub(in crate::text) fn refused_domain(&self) -> Option<&'a str> {
        let Verdict::Bounced { refused, .. } = self.verdict() else { return None };
        let is_of_sender = self.headline.actor == Actor::Sender
            && refused.meaning.is_some_and(Meaning::is_about_authentication)
            && refused.outcome != Outcome::Temporary;
        let author = self.facts.bounce.as_ref()?.returned.as_ref()?.author.as_deref();
        author.filter(|_| is_of_sender && refused.proved && !refused.perhaps_foreign)
    }

    /// The address of the recipient is wrong, or the recipient takes no such mail: nothing for whoever runs the server.
    pub(in crate::text) fn is_for_recipient(&self) -> bool {
        let Verdict::Bounced { refused, .. } = self.verdict() else { return false };
        let is_of_address = matches!(
            refused.meaning,
            Some(
                Meaning::NoSuchUser
                    | Meaning::NoSuchUserOrFiltered
                    | Meaning::BadRecipientAddress
                    | Meaning::AmbiguousRecipient
                    | Meaning::MailboxMoved
            )
        );
        is_of_address && self.headline.actor == Actor::Receiver && !refused.perhaps_foreign
    }

    /// What decides stands in DNS, and has not been had from there.
    pub(in crate::text) fn waits_for(&self) -> Option<Open> {
        let has = |code: &str| self.findings.iter().any(|finding| finding.problem.code() == code);
        match self.verdict() {
            Verdict::NotEnough { lacking: Lacking::Key | Lacking::Evaluation, .. } if has("dns-not-asked") => {
                Some(Open::NotAsked)
            }
            Verdict::NotEnough { lacking: Lacking::Key | Lacking::Evaluation, .. } if has("dns-unreachable") => {
                Some(Open::NoAnswer)
            }
            _ => None,
        }
    }

    /// Everything that was sent is there, so that asking for more would bring nothing.
    fn is_whole(&self) -> bool {
        let Facts { input, .. } = self.facts;
        !input.headers_only && !self.facts.is_header_partial()
    }

    /// Whoever can change what the sentence on top says; where nobody has to, whoever can make the changes that are offered.
    pub(super) fn addressee(&self) -> Addressee<'a> {
        let is_readers = self.headline.actor == Actor::Reader;
        if self.waits_for().is_some() || self.is_for_recipient() || is_readers {
            return Addressee::Nobody;
        }
        match self.addressee_of(self.headline.actor) {
            Addressee::Nobody => {
                let offered = self.fixes.iter().find(|fix| fix.is_offered() && !self.is_report());
                offered.map_or(Addressee::Nobody, |fix| self.addressee_of(fix.actor))
            }
            addressee => addressee,
        }
    }

    pub(super) fn addressee_of(&self, actor: Actor) -> Addressee<'a> {
        match actor {
            Actor::Sender => match self.verdict() {
                // The report is about another domain than the one that sent it.
                Verdict::AggregateReport { tally } => Addressee::Owner(tally.domain.as_deref()),
                Verdict::Bounced { .. } if self.refused_domain().is_some() => Addressee::Owner(self.refused_domain()),
                Verdict::AuthorNotPublic { .. } => Addressee::Owner(None),
                _ => Addressee::Owner(self.facts.dmarc.author_domain.as_deref()),
            },
            Actor::SendingService => Addressee::Service,
            Actor::Forwarder => match self.verdict() {
                Verdict::Modified { by: ChangedBy::Unknown, .. } => Addressee::OnTheWay,
                _ => Addressee::PassedOn,
            },
            Actor::Receiver => Addressee::Receiver,
            Actor::Reader | Actor::Nobody => Addressee::Nobody,
        }
    }

    /// What the receiving side recorded in the message's favour.
    pub(super) fn accepted(&self) -> Option<&'a Accepted> {
        self.headline.accepted.as_ref()
    }
}

/// It is about what a report tells, and not about the report as a message.
const fn is_told_by_report(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::AggregateFailures { .. }
            | Problem::BounceFinal { .. }
            | Problem::BounceNotOurs { .. }
            | Problem::BounceSenderRules { .. }
            | Problem::BounceTemporary { .. }
    )
}
