//! Canonical forms of body and header (RFC 6376 section 3.4).
