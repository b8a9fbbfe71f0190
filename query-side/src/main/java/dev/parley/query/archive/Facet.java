package dev.parley.query.archive;

/// What messages can be told apart by.
enum Facet {
    PEOPLE("sender"),
    CONVERSATIONS("conversation"),
    SCRIPTS("scripts"),
    ATTACHMENTS("attached");

    private final String field;

    Facet(String field) {
        this.field = field;
    }

    /// Of a message's document.
    String field() {
        return field;
    }
}
