//! The input as it was given, and positions in it.

use std::sync::Arc;

use serde::{Serialize, Serializer};

/// A half-open range of byte offsets into the input as given, byte order mark and mbox line included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.start, self.end).serialize(serializer)
    }
}

/// A value together with the bytes it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// The bytes of one message, shared and never changed. Those of a message inside another are a part of the other's.
#[derive(Debug, Clone)]
pub struct Source {
    shared: Arc<[u8]>,
    part: Span,
}

impl Source {
    #[must_use]
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        let shared = bytes.into();
        let part = Span::new(0, shared.len());
        Self { shared, part }
    }

    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.shared.get(self.part.start..self.part.end).unwrap_or_default()
    }

    /// The bytes of `span`, cut to what exists.
    #[must_use]
    pub fn slice(&self, span: Span) -> &[u8] {
        let span = self.cut(span);
        self.bytes().get(span.start..span.end).unwrap_or_default()
    }

    /// The same bytes of `span`, as a source of their own in which they begin at 0.
    #[must_use]
    pub fn part(&self, span: Span) -> Self {
        let Span { start, end } = self.cut(span);
        Self { shared: Arc::clone(&self.shared), part: Span::new(self.part.start + start, self.part.start + end) }
    }

    fn cut(&self, span: Span) -> Span {
        let end = span.end.min(self.part.len());
        Span::new(span.start.min(end), end)
    }
}
