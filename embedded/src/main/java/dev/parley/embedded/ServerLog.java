package dev.parley.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;

/// The file a server's output is appended to, and the part of it that belongs to one start.
///
/// @param from length of the file when the start began
record ServerLog(Path file, long from) {
    private static final long ROTATE_BYTES = 16 << 20;
    private static final int TAIL_BYTES = 64 << 10;

    /// What tells the cause, most telling first. In each kind the last line counts.
    private static final List<Pattern> TELLING = List.of(
            Pattern.compile("FATAL:|PANIC:"),
            Pattern.compile("^Caused by: "),
            Pattern.compile("fatal exception|Exception"),
            Pattern.compile("ERROR|[Ee]rror|failed|cannot"),
            Pattern.compile("\\S"));

    /// Begins a start: keeps one older file of bounded size.
    static ServerLog begin(Path file) throws IOException {
        if (Files.exists(file) && Files.size(file) > ROTATE_BYTES) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return new ServerLog(file, Files.exists(file) ? Files.size(file) : 0);
    }

    /// What was printed since the start began, at most the last 64 KiB; empty when it cannot be read.
    String tail() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long start = Math.max(from, channel.size() - TAIL_BYTES);
            ByteBuffer buffer = ByteBuffer.allocate(TAIL_BYTES);
            while (buffer.hasRemaining() && channel.read(buffer, start + buffer.position()) > 0) {}
            return UTF_8.decode(buffer.flip()).toString();
        } catch (IOException e) {
            return "";
        }
    }

    /// The line that best tells why the server died.
    String cause() {
        List<String> lines = tail().lines().map(String::strip).toList();
        for (Pattern pattern : TELLING) {
            for (String line : lines.reversed()) {
                if (pattern.matcher(line).find()) {
                    return line;
                }
            }
        }
        return "it printed nothing";
    }
}
