//! The second engine, in as few lines as it takes.

use super::{Block, Section};
use crate::auth::second::{Comparison, Second};
use crate::text::Words;

pub(super) fn section(second: &Second, words: &dyn Words) -> Section {
    let mut blocks = vec![Block::Note(words.second_agreement(second.agreement()).to_owned())];
    for compared in &second.parts {
        if let Comparison::Differs { theirs, known, .. } = &compared.comparison {
            blocks.push(Block::Note(words.second_says(compared.part, *theirs, known)));
        }
    }
    Section { title: words.panels().second_engine.to_owned(), blocks }
}
