package dev.parley.testing;

import dev.parley.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The PostgreSQL of this JVM's tests, started once.
public final class Servers {

    private static final EmbeddedPostgres POSTGRES =
            EmbeddedPostgres.start(folder().resolve("postgres")).closeAtExit();

    private Servers() {}

    public static EmbeddedPostgres postgres() {
        return POSTGRES;
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "servers")), "it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
