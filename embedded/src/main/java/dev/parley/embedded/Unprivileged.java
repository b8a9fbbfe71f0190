package dev.parley.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Makes a command run as somebody else than root, because both servers refuse root.
///
/// Not root: the command runs as it is. Root: in a user namespace where root is shown as `nobody`, which keeps
/// root's ownership of files, so the data folder may lie under a folder only root can enter. Where the kernel or a
/// container forbids such namespaces: as user 65534 proper, who is then given the data folder. Both tools replace
/// themselves by the command, so that the server stays a direct child with the pid of the started process.
///
/// Inside the namespace the uid has to be mapped: a JVM whose uid is unmapped cannot `chown` its attach socket, and
/// Elasticsearch attaches an agent to itself.
enum Unprivileged {
    DIRECT,
    USER_NAMESPACE("unshare", "-U", "--map-user=65534", "--map-group=65534"),
    OTHER_USER("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    private static final int NOBODY = 65534;

    private final List<String> prefix;

    Unprivileged(String... prefix) {
        this.prefix = List.of(prefix);
    }

    /// Finds the way that works here. May give the data folder to another user.
    ///
    /// @param readable what the command has to be able to read besides the data folder
    /// @throws EmbeddedStartException when this is root and no way works
    static Unprivileged choose(String server, Path dataFolder, List<Path> readable) {
        if (!isRoot()) {
            return DIRECT;
        }
        if (USER_NAMESPACE.canUse(dataFolder, readable)) {
            return USER_NAMESPACE;
        }
        try {
            give(dataFolder);
        } catch (IOException e) {
            throw new EmbeddedStartException(
                    "The data folder %s of %s cannot be given to user %d (%s): run as another user than root"
                            .formatted(dataFolder, server, NOBODY, EmbeddedStartException.reason(e)),
                    e);
        }
        if (OTHER_USER.canUse(dataFolder, readable)) {
            return OTHER_USER;
        }
        throw new EmbeddedStartException(
                ("%s refuses to run as root, and here it can neither run in a user namespace (unshare) nor as user %d (setpriv)"
                                + " with access to %s: run as another user than root")
                        .formatted(server, NOBODY, dataFolder));
    }

    /// The command that runs `command` without root's rights.
    List<String> wrap(List<String> command) {
        return Stream.concat(prefix.stream(), command.stream()).toList();
    }

    private boolean canUse(Path dataFolder, List<Path> readable) {
        List<String> probe = new ArrayList<>(
                List.of("sh", "-c", "test -w \"$1\" && shift && for f do test -r \"$f\" || exit 1; done", "sh"));
        probe.add(dataFolder.toString());
        readable.forEach(path -> probe.add(path.toString()));
        try {
            Process process = new ProcessBuilder(wrap(probe))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false; // the tool is not installed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedStartException("The start was interrupted: start again", e);
        }
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self/"), "unix:uid").equals(0);
        } catch (IOException e) {
            return "root".equals(System.getProperty("user.name")); // no /proc: not Linux
        }
    }

    private static void give(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                return give(path);
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                return give(path);
            }

            private static FileVisitResult give(Path path) throws IOException {
                Files.setAttribute(path, "unix:uid", NOBODY, java.nio.file.LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", NOBODY, java.nio.file.LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
