package dev.parley.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Servers that outlived the JVM that started them (`kill -9`).
///
/// A process counts as a leftover of a data folder when the folder's state file (or PostgreSQL's own) names its pid
/// and start, and its command line names the folder. So a process that merely got the same pid later is never
/// touched.
final class Leftovers {
    /// The start is computed from the boot time, which some kernels tell differently by a second from time to time,
    /// and PostgreSQL writes down a moment a little later.
    private static final Duration TOLERANCE = Duration.ofSeconds(10);

    private Leftovers() {}

    /// The leftovers that are alive, the one to be asked to stop first.
    ///
    /// @param alsoKnown processes that some other file names
    static List<ProcessHandle> find(DataFolder folder, List<ServerState.Entry> alsoKnown) throws IOException {
        return Stream.concat(ServerState.read(folder.state()).entries().stream(), alsoKnown.stream())
                .flatMap(entry -> ProcessHandle.of(entry.pid())
                        .filter(process -> startedAt(process, entry) && belongsTo(process, folder.path()))
                        .stream())
                .distinct()
                .toList();
    }

    /// Whether the process says by its command line that it serves the folder. Unknown counts as no.
    static boolean belongsTo(ProcessHandle process, Path folder) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains(folder.toString()))
                .isPresent();
    }

    private static boolean startedAt(ProcessHandle process, ServerState.Entry entry) {
        return process.info()
                .startInstant()
                .filter(at -> Duration.between(at, entry.startedAt()).abs().compareTo(TOLERANCE) <= 0)
                .isPresent();
    }
}
