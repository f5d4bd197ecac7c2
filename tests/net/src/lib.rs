//! Real PCs and a real hub over real sockets, and everything between them that goes wrong.
