package dev.parley.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// `postmaster.pid`, in which PostgreSQL itself writes who serves a cluster: pid, folder, start in seconds, port, a
/// line each. <https://www.postgresql.org/docs/17/storage-file-layout.html>
final class PostmasterFile {
    private static final Duration REAPED = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(20);

    private PostmasterFile() {}

    static Optional<ServerState.Entry> read(Path data) throws IOException {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            return Optional.of(new ServerState.Entry(
                    Long.parseLong(lines.get(0).strip()),
                    Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip())),
                    Integer.parseInt(lines.get(3).strip())));
        } catch (NoSuchFileException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /// Makes sure that PostgreSQL does not take some other process for itself and refuse to start.
    ///
    /// Deletes the file when its pid is now that of another program, as after a power cut and a reboot.
    /// Waits while the pid is that of a process that has ended but was not reaped yet: an init that reaps
    /// once a second is enough to meet one right after a `kill -9`. The file stays then, because it also
    /// leads PostgreSQL to sessions of its predecessor that are still ending. In every other case
    /// PostgreSQL judges the file better than we can.
    static void removeIfStale(Path data) throws IOException {
        Optional<ProcessHandle> named = read(data).flatMap(entry -> ProcessHandle.of(entry.pid()));
        if (named.isEmpty()) {
            return;
        }
        if (hasEnded(named.get())) {
            awaitReaped(named.get());
        } else if (!Leftovers.belongsTo(named.get(), data)) {
            Files.delete(data.resolve("postmaster.pid"));
        }
    }

    /// A process that has ended keeps its pid, but no command line, until its parent reaps it.
    private static boolean hasEnded(ProcessHandle process) {
        return process.info().commandLine().isEmpty();
    }

    private static void awaitReaped(ProcessHandle process) {
        long deadline = System.nanoTime() + REAPED.toNanos();
        try {
            while (ProcessHandle.of(process.pid()).isPresent() && System.nanoTime() < deadline) {
                Thread.sleep(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
