//! The DKIM-Signature field (RFC 6376 section 3.5).
