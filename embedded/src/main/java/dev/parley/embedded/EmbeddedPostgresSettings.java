package dev.parley.embedded;

import java.nio.file.Path;

/// How to run one PostgreSQL.
///
/// @param dataFolder holds the database, its password, its log and its state; created when missing, used by one
/// process at a time
/// @param port TCP port on 127.0.0.1, or 0 for a free one
/// @param minimumFreeBytes free space the disk of the data folder must have, or the start is refused
public record EmbeddedPostgresSettings(Path dataFolder, int port, long minimumFreeBytes) {
    /// @throws IllegalArgumentException when the port or the bound is out of range
    public EmbeddedPostgresSettings {
        dataFolder = dataFolder.toAbsolutePath().normalize();
        Ports.requireValid(port);
        DataFolder.requireValidBound(minimumFreeBytes);
    }

    /// The defaults: a free port, and 500 MB of free disk.
    public static EmbeddedPostgresSettings of(Path dataFolder) {
        return new EmbeddedPostgresSettings(dataFolder, 0, DataFolder.DEFAULT_MINIMUM_FREE_BYTES);
    }

    /// The same with another port.
    public EmbeddedPostgresSettings withPort(int port) {
        return new EmbeddedPostgresSettings(dataFolder, port, minimumFreeBytes);
    }

    /// The same with another bound on the free disk space.
    public EmbeddedPostgresSettings withMinimumFreeBytes(long bytes) {
        return new EmbeddedPostgresSettings(dataFolder, port, bytes);
    }
}
