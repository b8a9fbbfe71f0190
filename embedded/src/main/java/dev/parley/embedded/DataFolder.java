package dev.parley.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The folder of one server, locked for this JVM until closed.
///
/// ```
/// lock           locked by the JVM that owns the folder; holds its process id
/// state          the processes last started here, see ServerState
/// server.log     what the server printed
/// ```
///
/// The lock is one of the operating system: it ends with the JVM however that ends, and children do not inherit it.
final class DataFolder implements AutoCloseable {
    static final long DEFAULT_MINIMUM_FREE_BYTES = 500_000_000;

    /// Folders this JVM holds. Looked at before a lock file is opened, because POSIX drops a process's locks on a
    /// file as soon as it closes any descriptor of it.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static void requireValidBound(long minimumFreeBytes) {
        if (minimumFreeBytes < 0) {
            throw new IllegalArgumentException("minimumFreeBytes must not be negative: " + minimumFreeBytes);
        }
    }

    /// Creates the folder when it is missing, and locks it.
    ///
    /// @throws EmbeddedStartException when it cannot be used, is in use, or its disk has less than
    /// `minimumFreeBytes` left
    static DataFolder open(String server, Path folder, long minimumFreeBytes) {
        Path path = create(server, folder);
        requireSpace(server, path, minimumFreeBytes);
        if (!HELD.add(path)) {
            throw inUse(server, path, "this process");
        }
        try {
            return new DataFolder(path, lock(server, path));
        } catch (RuntimeException e) {
            HELD.remove(path);
            throw e;
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    Path state() {
        return path.resolve("state");
    }

    Path path() {
        return path;
    }

    Path log() {
        return path.resolve("server.log");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD.remove(path);
        }
    }

    private static Path create(String server, Path folder) {
        try {
            boolean created = Files.notExists(folder);
            Files.createDirectories(folder);
            if (created) {
                PrivateFiles.restrict(folder);
            }
            Path path = folder.toRealPath();
            if (!Files.isWritable(path)) {
                throw new IOException("not writable");
            }
            return path;
        } catch (IOException e) {
            throw new EmbeddedStartException(
                    "The data folder %s of %s cannot be used (%s): make it a folder you can write to, or name another"
                            .formatted(folder, server, EmbeddedStartException.reason(e)),
                    e);
        }
    }

    private static void requireSpace(String server, Path path, long minimumFreeBytes) {
        long free;
        try {
            free = Files.getFileStore(path).getUsableSpace();
        } catch (IOException e) {
            throw new EmbeddedStartException(
                    "The free disk space of %s cannot be read (%s): use a folder on a local disk"
                            .formatted(path, EmbeddedStartException.reason(e)),
                    e);
        }
        if (free < minimumFreeBytes) {
            throw new EmbeddedStartException(
                    "The disk of %s has %d MB free and %s needs %d MB: free some space, or name a data folder on another disk"
                            .formatted(path, free / 1_000_000, server, minimumFreeBytes / 1_000_000));
        }
    }

    private static FileChannel lock(String server, Path path) {
        try {
            FileChannel channel = FileChannel.open(
                    path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() == null) {
                    throw inUse(server, path, "process " + read(channel));
                }
                channel.truncate(0);
                channel.write(
                        US_ASCII.encode(Long.toString(ProcessHandle.current().pid())));
                return channel;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EmbeddedStartException(
                    "The data folder %s of %s cannot be locked (%s): use a folder on a local disk"
                            .formatted(path, server, EmbeddedStartException.reason(e)),
                    e);
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(20);
        channel.read(buffer, 0);
        return US_ASCII.decode(buffer.flip()).toString();
    }

    private static EmbeddedStartException inUse(String server, Path path, String holder) {
        return new EmbeddedStartException(
                "The data folder %s of %s is in use by %s: stop that one, or name another data folder"
                        .formatted(path, server, holder));
    }
}
