package dev.parley.app.archive;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The command line of `bin/import`.
record ImportOptions(ImportSource source, ImportTarget target, Patience patience) {

    static final String USAGE = """
            Usage: bin/import FILE [--server URL] [--user NAME] [--password-file FILE] [--archive NAME] [--title TEXT]
                              [--report FILE] [--patience SECONDS] [--data DIR]

              FILE                  chat archive: a line a message, time <TAB> nick <TAB> text; plain or gzip
              --server URL          the running Parley (default: http://127.0.0.1:8080)
              --user NAME           an admin (default: admin)
              --password-file FILE  holds the admin's password (default: $PARLEY_PASSWORD, else DIR/admin-password)
              --archive NAME        names the import; the same name continues it (default: from the file's name)
              --title TEXT          of the conversation that is made (default: the archive's name)
              --report FILE         gets the number of every malformed line
              --patience SECONDS    how long to wait for a server that is away (default: 120)
              --data DIR            data folder of the running Parley (default: $PARLEY_DATA, else data/)
            """;

    /// Bad arguments, in one line for a person.
    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageException(String line) {
            super(line);
        }
    }

    private static final Set<String> NAMES =
            Set.of("--server", "--user", "--password-file", "--archive", "--title", "--report", "--patience", "--data");

    private static final Pattern ARCHIVE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /// @throws UsageException if the arguments make no sense
    /// @throws ImportException if the file or the password is not there
    static ImportOptions parse(List<String> arguments, Map<String, String> environment) {
        Map<String, String> given = new HashMap<>();
        String name = null;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            if (NAMES.contains(argument)) {
                if (!rest.hasNext()) {
                    throw new UsageException(argument + " needs a value");
                }
                given.put(argument, rest.next());
            } else if (argument.startsWith("-") || name != null) {
                throw new UsageException("unknown argument " + argument);
            } else {
                name = argument;
            }
        }
        if (name == null) {
            throw new UsageException("name the archive's FILE");
        }
        Path file = Path.of(name);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new ImportException("There is no file to read at " + file + ".");
        }
        String archive = given.getOrDefault("--archive", archiveOf(file));
        if (!ARCHIVE.matcher(archive).matches()) {
            throw new UsageException("name the import with --archive: 1 to 64 of a-z, 0-9, '.', '_' and '-',"
                    + " first a letter or digit, not '" + archive + "'");
        }
        String report = given.get("--report");
        return new ImportOptions(
                new ImportSource(
                        file, archive, given.getOrDefault("--title", archive), report == null ? null : Path.of(report)),
                new ImportTarget(
                        server(given.getOrDefault("--server", "http://127.0.0.1:8080")),
                        given.getOrDefault("--user", "admin"),
                        password(given, environment)),
                Patience.of(seconds(given.get("--patience"))));
    }

    /// The file's name without its endings, lower case, any character that is not a letter, digit, `.`, `_` or `-` as
    /// `-`.
    static String archiveOf(Path file) {
        return file.getFileName()
                .toString()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("\\.gz$", "")
                .replaceFirst("\\.(tsv|txt)$", "")
                .replaceAll("[^a-z0-9._-]+", "-")
                .replaceFirst("^[._-]+", "");
    }

    private static URI server(String text) {
        try {
            URI server = URI.create(text);
            if (server.getHost() != null && Set.of("http", "https").contains(server.getScheme())) {
                return server;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below, like an address of another kind.
        }
        throw new UsageException("--server needs an address such as http://127.0.0.1:8080, not " + text);
    }

    private static Duration seconds(@Nullable String text) {
        if (text == null) {
            return Patience.DEFAULT_LIMIT;
        }
        if (!text.matches("\\d{1,7}")) {
            throw new UsageException("--patience needs a number of seconds, not " + text);
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private static String password(Map<String, String> given, Map<String, String> environment) {
        String named = given.get("--password-file");
        String password = environment.get("PARLEY_PASSWORD");
        if (named == null && password != null && !password.isEmpty()) {
            return password;
        }
        String data = given.getOrDefault("--data", environment.getOrDefault("PARLEY_DATA", "data"));
        Path file = named != null ? Path.of(named) : Path.of(data, "admin-password");
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ImportException(
                    "The admin's password cannot be read from " + file + ". Parley writes it at its first start"
                            + " (bin/run); else name it with --password-file or PARLEY_PASSWORD.",
                    e);
        }
    }
}
