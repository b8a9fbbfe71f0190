package dev.parley.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The processes last started in a data folder, kept in a file so that the next start finds those whose owner was
/// killed.
///
/// One line a process: `<pid> <start in milliseconds since the epoch> <port>`, the one to be asked to stop first.
record ServerState(List<Entry> entries) {
    /// @param startedAt as the operating system tells it, which with the pid names one process for ever
    record Entry(long pid, Instant startedAt, int port) {}

    ServerState {
        entries = List.copyOf(entries);
    }

    static ServerState of(List<ProcessHandle> processes, int port) {
        List<Entry> entries = new ArrayList<>();
        for (ProcessHandle process : processes) {
            process.info()
                    .startInstant()
                    .ifPresent(startedAt -> entries.add(new Entry(process.pid(), startedAt, port)));
        }
        return new ServerState(entries);
    }

    /// What the file holds; nothing when it is missing or damaged, because then it names no process that is surely
    /// ours.
    static ServerState read(Path file) throws IOException {
        try {
            List<Entry> entries = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                String[] fields = line.split(" ", -1);
                entries.add(new Entry(
                        Long.parseLong(fields[0]),
                        Instant.ofEpochMilli(Long.parseLong(fields[1])),
                        Integer.parseInt(fields[2])));
            }
            return new ServerState(entries);
        } catch (NoSuchFileException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return new ServerState(List.of());
        }
    }

    void write(Path file) throws IOException {
        StringBuilder content = new StringBuilder();
        for (Entry entry : entries) {
            content.append("%d %d %d%n".formatted(entry.pid(), entry.startedAt().toEpochMilli(), entry.port()));
        }
        PrivateFiles.write(file, content.toString());
    }
}
