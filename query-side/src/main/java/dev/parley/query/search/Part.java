package dev.parley.query.search;

/// A piece of a message's body as plain text, so that a page shows it without reading any of it as markup.
///
/// @param hit true for what was searched for
public record Part(String text, boolean hit) {}
