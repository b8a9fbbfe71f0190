package dev.parley.command.conversation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.parley.command.dispatch.WrittenText;
import dev.parley.messages.AccountId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who reacted to one message and how. A kind of reaction is there as long as somebody stands to it. Not thread-safe:
/// it
/// belongs to one aggregate.
final class Reactions {

    /// A map of its own only where there is something in it: most messages have no reactions.
    private Map<String, Set<AccountId>> kinds = Map.of();
    private int count;
    private int textBytes;

    Reactions() {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Reactions(Map<String, List<AccountId>> kept) {
        kept.forEach((reaction, accounts) -> accounts.forEach(account -> add(reaction, account)));
    }

    @JsonValue
    Map<String, List<AccountId>> kept() {
        Map<String, List<AccountId>> kept = new LinkedHashMap<>();
        kinds.forEach((reaction, accounts) -> kept.put(reaction, List.copyOf(accounts)));
        return kept;
    }

    boolean has(String reaction, AccountId account) {
        Set<AccountId> accounts = kinds.get(reaction);
        return accounts != null && accounts.contains(account);
    }

    boolean hasKind(String reaction) {
        return kinds.containsKey(reaction);
    }

    int kinds() {
        return kinds.size();
    }

    /// All of them, of all kinds.
    int count() {
        return count;
    }

    /// The kinds' texts, each once, in bytes of UTF-8.
    int textBytes() {
        return textBytes;
    }

    void add(String reaction, AccountId account) {
        if (kinds.isEmpty()) {
            kinds = new TreeMap<>();
        }
        textBytes += hasKind(reaction) ? 0 : WrittenText.utf8Length(reaction);
        Set<AccountId> accounts = kinds.computeIfAbsent(reaction, kind -> new LinkedHashSet<>());
        count += accounts.add(account) ? 1 : 0;
    }

    void remove(String reaction, AccountId account) {
        Set<AccountId> accounts = kinds.get(reaction);
        if (accounts != null) {
            count -= accounts.remove(account) ? 1 : 0;
            if (accounts.isEmpty()) {
                kinds.remove(reaction);
                textBytes -= WrittenText.utf8Length(reaction);
            }
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Reactions reactions && kinds.equals(reactions.kinds);
    }

    @Override
    public int hashCode() {
        return kinds.hashCode();
    }
}
