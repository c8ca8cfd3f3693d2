//! The key record (RFC 6376 section 3.6.1).
