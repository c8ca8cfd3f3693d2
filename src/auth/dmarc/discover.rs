//! Policy discovery: the tree walk and the record that applies (RFC 9989 section 4.10).
