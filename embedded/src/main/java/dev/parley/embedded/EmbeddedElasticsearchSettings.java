package dev.parley.embedded;

import java.nio.file.Path;

/// How to run one Elasticsearch.
///
/// @param home the unpacked distribution, which is only read; several servers may share it
/// @param dataFolder holds indices, configuration, logs and state; created when missing, used by one process at a
/// time
/// @param port HTTP port on 127.0.0.1, or 0 for a free one
/// @param heapMegabytes upper bound of the heap, 256 to 31,000; it starts smaller and grows as needed
/// @param minimumFreeBytes free space the disk of the data folder must have, or the start is refused
public record EmbeddedElasticsearchSettings(
        Path home, Path dataFolder, int port, int heapMegabytes, long minimumFreeBytes) {
    private static final int DEFAULT_HEAP_MEGABYTES = 512;

    /// @throws IllegalArgumentException when the port, the heap or the bound is out of range
    public EmbeddedElasticsearchSettings {
        home = home.toAbsolutePath().normalize();
        dataFolder = dataFolder.toAbsolutePath().normalize();
        Ports.requireValid(port);
        DataFolder.requireValidBound(minimumFreeBytes);
        if (heapMegabytes < 256 || heapMegabytes > 31_000) {
            throw new IllegalArgumentException("heapMegabytes must be 256 to 31000, not " + heapMegabytes);
        }
    }

    /// The defaults: a free port, a heap of 512 MB, and 500 MB of free disk.
    public static EmbeddedElasticsearchSettings of(Path home, Path dataFolder) {
        return new EmbeddedElasticsearchSettings(
                home, dataFolder, 0, DEFAULT_HEAP_MEGABYTES, DataFolder.DEFAULT_MINIMUM_FREE_BYTES);
    }

    /// The same with another port.
    public EmbeddedElasticsearchSettings withPort(int port) {
        return new EmbeddedElasticsearchSettings(home, dataFolder, port, heapMegabytes, minimumFreeBytes);
    }

    /// The same with another bound of the heap.
    public EmbeddedElasticsearchSettings withHeapMegabytes(int megabytes) {
        return new EmbeddedElasticsearchSettings(home, dataFolder, port, megabytes, minimumFreeBytes);
    }

    /// The same with another bound on the free disk space.
    public EmbeddedElasticsearchSettings withMinimumFreeBytes(long bytes) {
        return new EmbeddedElasticsearchSettings(home, dataFolder, port, heapMegabytes, bytes);
    }
}
