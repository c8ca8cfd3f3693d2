//! The grammar of a record (RFC 7208 section 12), with the span of each term.
