package dev.parley.command.conversation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// A table of a page of documentation.
///
/// @param head the titles of the columns
/// @param rows as many cells each as the head has
record DocumentedTable(List<String> head, List<List<String>> rows) {

    private static final Path CONVERSATIONS = Path.of("../docs/conversations.md");

    /// Of `docs/conversations.md`.
    ///
    /// @param heading of the section that it is the first table of
    static DocumentedTable under(String heading) {
        return under(CONVERSATIONS, heading);
    }

    /// @param heading of the section that it is the first table of
    static DocumentedTable under(Path page, String heading) {
        List<List<String>> lines = lines(page).stream()
                .dropWhile(line -> !line.equals("## " + heading))
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .map(DocumentedTable::cells)
                .toList();
        List<String> head = lines.getFirst();
        List<List<String>> rows = lines.subList(2, lines.size());
        if (rows.stream().anyMatch(row -> row.size() != head.size())) {
            throw new AssertionError("A row of '" + heading + "' has other columns than its head");
        }
        return new DocumentedTable(head, rows);
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
                .map(String::strip)
                .toList();
    }
}
