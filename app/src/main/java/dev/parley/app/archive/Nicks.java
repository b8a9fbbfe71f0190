package dev.parley.app.archive;

import dev.parley.messages.AccountId;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The distinct nicks of an archive, case ignored: the one thing of an import that grows with the file. Not
/// thread-safe.
final class Nicks {

    private final Map<String, Nick> byFolded = new HashMap<>();

    /// @param line where it was seen; lines come in rising order
    void saw(String name, long line) {
        byFolded.computeIfAbsent(folded(name), folded -> new Nick(name)).lastLine = line;
    }

    int size() {
        return byFolded.size();
    }

    /// The nicks that still speak after a line, each as it was first seen, in alphabetical order.
    List<String> after(long line) {
        return byFolded.values().stream()
                .filter(nick -> nick.lastLine > line)
                .map(nick -> nick.name)
                .sorted()
                .toList();
    }

    /// @param accounts of nicks in any case
    void assign(Map<String, AccountId> accounts) {
        accounts.forEach((name, account) -> {
            Nick nick = byFolded.get(folded(name));
            if (nick != null) {
                nick.account = account;
            }
        });
    }

    /// @return null for a nick that was not seen or has no account yet
    @Nullable
    AccountId account(String name) {
        Nick nick = byFolded.get(folded(name));
        return nick == null ? null : nick.account;
    }

    /// By way of upper case, as the server folds user names, so that ß and ss are one.
    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    private static final class Nick {
        private final String name;
        private long lastLine;
        private @Nullable AccountId account;

        Nick(String name) {
            this.name = name;
        }
    }
}
