package dev.parley.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// `postmaster.pid`, in which PostgreSQL itself writes who serves a cluster: pid, folder, start in seconds, port, a
/// line each. <https://www.postgresql.org/docs/17/storage-file-layout.html>
final class PostmasterFile {
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

    /// Deletes the file when its pid is now that of some other program, as after a power cut and a reboot:
    /// PostgreSQL would take that program for itself and refuse to start. In every other case PostgreSQL judges the
    /// file better than we can.
    static void removeIfStale(Path data) throws IOException {
        boolean otherProgram = read(data)
                .flatMap(entry -> ProcessHandle.of(entry.pid()))
                .filter(process -> process.info().commandLine().isPresent())
                .filter(process -> !Leftovers.belongsTo(process, data))
                .isPresent();
        if (otherProgram) {
            Files.delete(data.resolve("postmaster.pid"));
        }
    }
}
