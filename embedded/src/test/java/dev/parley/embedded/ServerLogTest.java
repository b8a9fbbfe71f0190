package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
    @TempDir
    Path folder;

    @Test
    void postgresTellsTheCauseInItsFatalLine() throws IOException {
        assertThat(
                        causeOf(
                                "LOG:  starting\n2026 FATAL:  could not create file\n2026 LOG:  database system is shut down\n"))
                .isEqualTo("2026 FATAL:  could not create file");
    }

    @Test
    void elasticsearchTellsTheCauseAtTheEndOfItsStackTrace() throws IOException {
        assertThat(
                        causeOf(
                                "fatal exception while booting\n\tat X\nCaused by: a\n\tat Y\nCaused by: b\n\tat Z\nERROR: died\n"))
                .isEqualTo("Caused by: b");
    }

    @Test
    void anythingIsBetterThanNothing() throws IOException {
        assertThat(causeOf("the last words\n\n")).isEqualTo("the last words");
        assertThat(causeOf("")).isEqualTo("it printed nothing");
    }

    private String causeOf(String output) throws IOException {
        Path file = folder.resolve("server.log");
        Files.writeString(file, "FATAL: of an earlier start\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        ServerLog log = ServerLog.begin(file);
        Files.writeString(file, output, StandardOpenOption.APPEND);
        return log.cause();
    }
}
