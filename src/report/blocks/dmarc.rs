//! DMARC: the result, every identifier with its reason, the record part by part, and where reports go.

use super::super::{Block, Section};
use super::Writer;
use crate::auth::dmarc::record::{Part, Record};
use crate::auth::dmarc::{DmarcResult, Found, Identifier, IdentifierSource, ReportTag};
use crate::message::hidden;
use crate::text::count;

/// The most identifiers that get a sentence each; a hostile message can have thousands of signatures.
const EXPLAINED: usize = 30;

impl Writer<'_> {
    pub(super) fn dmarc(&self) -> Section {
        let (dmarc, panels) = (&self.analysis.facts.dmarc, self.panels);
        let mut blocks = vec![Block::Pairs(self.dmarc_facts())];
        if !dmarc.identifiers.is_empty() {
            let columns = [panels.identifier, panels.domain, panels.authenticated, panels.alignment];
            let rows = dmarc.identifiers.iter().map(|identifier| self.identifier(identifier)).collect();
            blocks.push(table(columns, rows));
            blocks.extend(dmarc.compared().take(EXPLAINED).map(|compared| note(&self.words.relation(compared))));
        }
        blocks.extend(self.walk());
        blocks.extend(dmarc.request().map(|request| note(&self.words.policy_request(request))));
        if let Some(record) = dmarc.applied_record() {
            let rows = record.parts().iter().map(|part| self.part(part, record)).collect();
            blocks.push(table([panels.record, panels.record_parts, panels.status], rows));
        }
        if !dmarc.destinations.is_empty() {
            let rows = dmarc.destinations.iter().map(|destination| {
                let tag = match destination.tag {
                    ReportTag::Rua => "rua",
                    ReportTag::Ruf => "ruf",
                };
                let permission = self.words.permission(destination.permission).to_owned();
                vec![tag.to_owned(), hidden::mark(&destination.uri.value), permission]
            });
            blocks.push(table(["", panels.reports_to, panels.status], rows.collect()));
        }
        if let Some(psl) = &dmarc.psl {
            let policy = psl.policy.map_or(panels.absent, |policy| self.words.policy(policy));
            let pairs = vec![
                (panels.psl.to_owned(), self.words.dmarc_result(psl.result).to_owned()),
                self.pair(panels.organizational_domain, psl.organizational_domain.clone()),
                (panels.policy.to_owned(), policy.to_owned()),
            ];
            blocks.push(Block::Pairs(pairs));
        }
        blocks.extend(self.would_be());
        Section { title: "DMARC".to_owned(), blocks }
    }

    fn dmarc_facts(&self) -> Vec<(String, String)> {
        let (dmarc, panels) = (&self.analysis.facts.dmarc, self.panels);
        let result = format!("{}: {}", self.words.dmarc_result(dmarc.result), self.words.dmarc_reason(dmarc.reason));
        // What DNS was not asked for, or did not tell, is not absent.
        let mut found = dmarc.walk.iter().map(|step| step.found);
        let unknown = found.find(|found| matches!(found, Found::NotAsked | Found::Unreachable));
        let told = |value: Option<String>| value.or_else(|| unknown.map(|found| self.words.found(found).to_owned()));
        let policy = dmarc.policy.map(|policy| self.words.policy(policy).to_owned());
        if dmarc.result == DmarcResult::NotApplicable {
            return vec![(panels.result.to_owned(), result)];
        }
        let mut pairs = vec![
            (panels.result.to_owned(), result),
            self.pair(panels.author_domain, dmarc.author_domain.clone()),
            self.pair(panels.organizational_domain, told(dmarc.organizational_domain.clone())),
            self.pair(panels.record_at, told(dmarc.record_at.clone())),
            self.pair(panels.record, told(dmarc.applied_record().map(Record::text))),
        ];
        if let Some(policy) = told(policy) {
            pairs.push((panels.policy_asked.to_owned(), policy));
        }
        pairs
    }

    /// Every name that was asked, and what stood there.
    fn walk(&self) -> Option<Block> {
        let (dmarc, panels) = (&self.analysis.facts.dmarc, self.panels);
        let rows = dmarc.walk.iter().map(|step| {
            let texts: Vec<String> = step.texts.iter().map(|text| text.record.text()).collect();
            let name = format!("_dmarc.{}", step.domain);
            vec![hidden::mark(&name), self.words.found(step.found).to_owned(), hidden::mark(&texts.join(" | "))]
        });
        let rows: Vec<_> = rows.collect();
        (!rows.is_empty()).then(|| table([panels.walk, panels.status, panels.record], rows))
    }

    fn identifier(&self, identifier: &Identifier) -> Vec<String> {
        let source = match identifier.source {
            IdentifierSource::Spf => "SPF".to_owned(),
            IdentifierSource::Dkim(index) => self.panels.signature_number.replace("{}", &(index + 1).to_string()),
        };
        vec![
            source,
            hidden::mark(&identifier.domain),
            self.words.authentication(identifier.authentication).to_owned(),
            self.words.alignment(identifier.alignment).to_owned(),
        ]
    }

    fn part(&self, part: &Part, record: &Record) -> Vec<String> {
        let problems: Vec<&str> = part.problems.iter().map(|kind| self.words.record_problem(*kind)).collect();
        vec![hidden::mark(&record.at(part.span)), self.words.record_part(part.name, record), problems.join(", ")]
    }

    /// Each of several author domains by itself.
    fn would_be(&self) -> Vec<Block> {
        let (dmarc, panels) = (&self.analysis.facts.dmarc, self.panels);
        if dmarc.would_be.is_empty() {
            return Vec::new();
        }
        let rows = dmarc.would_be.iter().map(|one| {
            vec![
                hidden::mark(&one.domain),
                self.words.dmarc_result(one.result).to_owned(),
                self.words.dmarc_reason(one.reason).to_owned(),
                one.policy.map_or("–", |policy| self.words.policy(policy)).to_owned(),
            ]
        });
        let columns = [panels.domain, panels.result, panels.cause, panels.policy];
        let mut blocks = vec![note(panels.would_be), note(panels.would_be_hint), table(columns, rows.collect())];
        if dmarc.authors_left_out > 0 {
            blocks.push(note(&panels.authors_left_out.replace("{}", &count(dmarc.authors_left_out))));
        }
        blocks
    }
}

/// A sentence that names what a stranger wrote.
fn note(text: &str) -> Block {
    Block::Note(hidden::mark(text))
}

fn table<const COLUMNS: usize>(columns: [&str; COLUMNS], rows: Vec<Vec<String>>) -> Block {
    Block::Table { columns: columns.map(str::to_owned).to_vec(), rows }
}
