//! The grammar of a DMARC record (RFC 9989 section 4.8).
