package dev.parley.verify;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `bin/verify EXPORT CHECKPOINTS [--key FILE]`
public final class Verify {

    private static final int GOOD = 0;
    private static final int TAMPERED = 1;
    private static final int UNKNOWN = 2;

    private Verify() {}

    public static void main(String[] arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    /// @return 0 if the export is what the checkpoints say, 1 if it is not, 2 if that cannot be told
    public static int run(PrintStream out, PrintStream err, String... arguments) {
        List<String> files = new ArrayList<>(List.of(arguments));
        int key = files.indexOf("--key");
        Optional<Path> keys =
                key >= 0 && key + 1 < files.size() ? Optional.of(Path.of(files.get(key + 1))) : Optional.empty();
        if (keys.isPresent()) {
            files.subList(key, key + 2).clear();
        }
        if (files.size() != 2 || files.contains("--key")) {
            err.println("Usage: bin/verify EXPORT CHECKPOINTS [--key FILE]   (- for an export from standard input)");
            return UNKNOWN;
        }
        try (Export export = open(files.get(0))) {
            Optional<Keys> known = keys.isPresent() ? Optional.of(new Keys(keys.get())) : Optional.empty();
            Result result = new Verification(export, Path.of(files.get(1)), known).run();
            print(result, known.isPresent(), export.isCut(), out);
            return result.finding().isPresent() ? TAMPERED : GOOD;
        } catch (IOException | InputException e) {
            err.println("Cannot be verified: " + e.getMessage());
            return UNKNOWN;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError unforeseen) {
            err.println("Cannot be verified: " + unforeseen);
            return UNKNOWN;
        }
    }

    private static boolean isBeforeTheExport(Finding finding) {
        return finding.kind() == Finding.Kind.DROPPED && finding.line() == 1;
    }

    private static Export open(String name) throws IOException {
        return new Export(name.equals("-") ? System.in : new FileInputStream(name));
    }

    private static void print(Result result, boolean signed, boolean cut, PrintStream out) {
        out.println(result.finding()
                .map(Finding::text)
                .orElse("GOOD: " + result.events() + " events are what " + result.checkpoints() + " checkpoints say"));
        if (result.finding().isPresent()) {
            out.println("Before that, " + result.events() + " events are what the checkpoints say.");
        }
        if (result.finding().filter(Verify::isBeforeTheExport).isPresent()) {
            out.println("The export begins behind it: for a part of the log, give the checkpoints of that part alone.");
        }
        if (!signed) {
            out.println("The signatures were not looked at: name the public key with --key.");
        }
        if (result.before() > 0) {
            out.println(result.before() + " events before the first checkpoint's range were passed over.");
        }
        if (result.after() > 0) {
            out.println(result.after() + " events beyond the last checkpoint are not covered by it.");
        }
        if (cut) {
            out.println("The export says of itself that it is not complete.");
        }
    }
}
