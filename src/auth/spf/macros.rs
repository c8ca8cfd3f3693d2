//! Macro expansion (RFC 7208 section 7).
