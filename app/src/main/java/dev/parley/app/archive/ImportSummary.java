package dev.parley.app.archive;

import dev.parley.app.archive.ArchiveImport.Outcome;
import java.io.PrintStream;
import java.util.Locale;

/// What a person reads when an import is through.
final class ImportSummary {

    private final PrintStream out;
    private final PrintStream err;

    ImportSummary(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    void print(Census census, Outcome outcome) {
        double seconds = Math.max(0.001, outcome.took().toNanos() / 1e9);
        row("lines in the file", census.lines());
        row("malformed, left out", census.malformed());
        row("imported now", outcome.now());
        row("imported before, skipped", outcome.before());
        row("in the event store", outcome.before() + outcome.now());
        out.println(String.format(
                Locale.ROOT,
                "  %-26s %s, %,.0f messages/s",
                "took",
                Spans.text(outcome.took()),
                outcome.now() / seconds));
    }

    void print(Census census, Outcome outcome, Counts counts) {
        out.println(counts.line(census.messages()));
        out.println("conversation " + outcome.conversation());
        long others = counts.events() - outcome.before() - outcome.now();
        if (others > 0) {
            err.println("parley: the conversation holds " + others + " messages more than were imported into it.");
        }
    }

    /// The numbers of malformed lines: the first ones here, all of them in the report file.
    void malformed(Census census, ImportSource source) {
        if (census.malformed() == 0) {
            return;
        }
        err.println(String.format(Locale.ROOT, "parley: %,d malformed lines were left out:", census.malformed()));
        census.firstMalformed()
                .forEach(flawed -> err.println(
                        "  line " + flawed.line() + ": " + flawed.flaw().text()));
        long more = census.malformed() - census.firstMalformed().size();
        if (more > 0) {
            err.println(String.format(Locale.ROOT, "  and %,d more%s", more, where(source)));
        } else if (source.report() != null) {
            err.println("  all of them are" + where(source));
        }
    }

    private static String where(ImportSource source) {
        return source.report() == null ? "; --report FILE gets them all" : " in " + source.report();
    }

    private void row(String what, long count) {
        out.println(String.format(Locale.ROOT, "  %-26s %,d", what, count));
    }
}
