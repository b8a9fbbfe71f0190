package dev.parley.query.search;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// A directory of whoever asks and nobody else.
record Oneself(AccountId asker) implements Directory {

    private static final int ID = 36;

    @Override
    public List<AccountId> people(String name) {
        if (name.equalsIgnoreCase("me")) {
            return List.of(asker);
        }
        return isId(name) ? List.of(AccountId.of(name)) : List.of();
    }

    @Override
    public List<ConversationId> conversations(String name) {
        return isId(name) ? List.of(ConversationId.of(name)) : List.of();
    }

    @Override
    public List<ConversationId> directs(Collection<AccountId> people) {
        return List.of();
    }

    private static boolean isId(String name) {
        try {
            return name.length() == ID && UUID.fromString(name) != null;
        } catch (IllegalArgumentException aName) {
            return false;
        }
    }
}
