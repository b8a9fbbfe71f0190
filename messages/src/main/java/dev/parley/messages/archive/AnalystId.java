package dev.parley.messages.archive;

import dev.parley.messages.AccountId;

/// Names what one account keeps of its work in the archive: the stream of its saved searches.
public record AnalystId(AccountId account) {

    /// As the event store shows it: `<account>.archive`.
    @Override
    public String toString() {
        return account + ".archive";
    }
}
