package dev.parley.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What Linux tells about processes and Java does not.
final class Processes {
    private Processes() {}

    /// The session of a process: field 6 of `/proc/<pid>/stat`, the fourth after the name in parentheses.
    static long session(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3]);
    }
}
