package dev.parley.app.archive;

import dev.parley.app.archive.ArchiveLine.Malformed;
import dev.parley.app.archive.ArchiveLine.Message;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a first reading of the whole archive found; a damaged file ends an import here, before anything was sent.
///
/// @param lines of the file, malformed ones among them
/// @param messages lines that can be imported
/// @param malformed lines that are left out
/// @param firstMalformed at most [#SHOWN] of them
record Census(long lines, long messages, long malformed, List<Malformed> firstMalformed, Nicks nicks) {

    static final int SHOWN = 20;

    private static final int LINES_BETWEEN_SIGNS = 10_000;

    /// Writes every malformed line's number and flaw to the source's report file, if it names one.
    static Census take(ImportSource source, Screen screen) throws IOException {
        try (ArchiveFile file = ArchiveFile.open(source.file(), source.archive());
                PrintWriter report = report(source)) {
            Census census = take(file, report, screen);
            if (report.checkError()) {
                throw new ImportException("The report " + source.report() + " cannot be written.");
            }
            return census;
        }
    }

    private static PrintWriter report(ImportSource source) {
        try {
            return new PrintWriter(
                    source.report() == null ? Writer.nullWriter() : Files.newBufferedWriter(source.report()));
        } catch (IOException e) {
            throw new ImportException("The report " + source.report() + " cannot be written.", e);
        }
    }

    private static Census take(ArchiveFile file, PrintWriter report, Screen screen) throws IOException {
        Nicks nicks = new Nicks();
        List<Malformed> first = new ArrayList<>();
        long messages = 0;
        long malformed = 0;
        for (ArchiveLine next = file.next(); next != null; next = file.next()) {
            switch (next) {
                case Message message -> {
                    messages++;
                    nicks.saw(message.nick(), message.line());
                }
                case Malformed flawed -> {
                    malformed++;
                    report.println(flawed.line() + "\t" + flawed.flaw().text());
                    if (first.size() < SHOWN) {
                        first.add(flawed);
                    }
                }
            }
            long lines = next.line();
            if (lines % LINES_BETWEEN_SIGNS == 0) {
                screen.progress(() -> String.format(Locale.ROOT, "  reading    %,d lines", lines));
            }
        }
        return new Census(messages + malformed, messages, malformed, List.copyOf(first), nicks);
    }
}
