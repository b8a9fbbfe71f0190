package dev.parley.command.archive;

import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import java.util.regex.Pattern;

/// The name an archive is imported under: the end of its nicks' user names, so it is as plain as a host name.
record ArchiveName(String text) {

    private static final Pattern PLAIN = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /// @throws RejectedException `invalid`, field `archive`
    static ArchiveName of(String given) {
        if (!PLAIN.matcher(given).matches()) {
            throw new RejectedException(Rejection.invalid(
                    "archive", "An archive's name is 1 to 64 of a-z, 0-9, '.', '_' and '-', first a letter or digit"));
        }
        return new ArchiveName(given);
    }
}
