package dev.parley.app.archive;

import dev.parley.app.archive.ImportOptions.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The command `bin/import`: takes a chat archive over into one conversation of a running Parley.
///
/// Exit codes: 0 if all of the file is in the event store, the inbox and Elasticsearch; 1 if not, with one line on the
/// standard error that says why; 2 for arguments that make no sense.
public final class ImportArchive {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private static final Duration COUNTING_LIMIT = Duration.ofMinutes(10);

    /// Set by `bin/import`, which knows whether the output is a terminal.
    private static final String TERMINAL = "parley.terminal";

    private final PrintStream out;
    private final PrintStream err;
    private final Screen screen;

    ImportArchive(PrintStream out, PrintStream err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.screen = new Screen(out, terminal, System::nanoTime);
    }

    public static void main(String[] arguments) {
        AtomicBoolean ended = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (!ended.get()) {
                System.err.println("\nparley: interrupted; the same command continues where this one stopped.");
            }
        }));
        int code = run(arguments);
        ended.set(true);
        System.exit(code);
    }

    /// @return the exit code
    public static int run(String[] arguments) {
        return new ImportArchive(System.out, System.err, Boolean.getBoolean(TERMINAL))
                .run(List.of(arguments), System.getenv());
    }

    int run(List<String> arguments, Map<String, String> environment) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(ImportOptions.USAGE);
            return DONE;
        }
        try {
            return run(ImportOptions.parse(arguments, environment));
        } catch (UsageException e) {
            complain(e.getMessage());
            err.print(ImportOptions.USAGE);
            return USAGE;
        } catch (ImportException e) {
            complain(e.getMessage());
        } catch (IOException e) {
            complain("The archive cannot be read to its end (" + e.getMessage() + ").");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            complain("interrupted; the same command continues where this one stopped.");
        }
        return FAILED;
    }

    private int run(ImportOptions options) throws IOException, InterruptedException {
        ImportSource source = options.source();
        screen.print("Importing " + source.file() + " as '" + source.archive() + "' for " + options.target());
        Census census = Census.take(source, screen);
        ImportSummary summary = new ImportSummary(out, err);
        try (PatientHttp http = new PatientHttp(options.patience(), screen::notice)) {
            ImportClient client = new ImportClient(options.target(), source.archive(), http);
            ArchiveImport.Outcome outcome = new ArchiveImport(client, source, screen).run(census);
            summary.print(census, outcome);
            Counts counts =
                    new CountCheck(client, screen, COUNTING_LIMIT).await(outcome.conversation(), census.messages());
            summary.print(census, outcome, counts);
            return counts.agree(census.messages()) ? DONE : FAILED;
        } finally {
            summary.malformed(census, source);
        }
    }

    private void complain(@Nullable String line) {
        screen.end();
        err.println("parley: " + line);
    }
}
