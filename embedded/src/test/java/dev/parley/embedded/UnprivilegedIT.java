package dev.parley.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens where no user namespace is to be had: the JVM is given a PATH without `unshare`. Who runs this
/// without being root sees the server run directly, and the same facts hold.
class UnprivilegedIT {
    @TempDir
    Path folder;

    private Path tools;

    @BeforeEach
    void makeTools() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        tools = Files.createDirectory(folder.resolve("tools"));
        provide("sh");
    }

    @Test
    void withoutUserNamespacesItRunsAsAnotherUser() throws Exception {
        provide("setpriv");
        try (OwnerProcess owner = OwnerProcess.startWithTools(tools, folder.resolve("postgres"))) {
            assertThat(owner.postgres().info().user()).isPresent().get().isNotEqualTo("root");
            assertThat(owner.postgres().parent().flatMap(ProcessHandle::parent)).contains(ProcessHandle.current());
        }
    }

    @Test
    void theNamespaceKeepsTheRightsOfRoot() throws IOException, InterruptedException {
        Path closed = Files.createDirectory(
                folder.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Unprivileged way = Unprivileged.choose("A server", closed, List.of());
        Process id = new ProcessBuilder(way.wrap(List.of("sh", "-c", "touch " + closed + "/x && id -u"))).start();
        assertThat(new String(id.getInputStream().readAllBytes(), UTF_8).strip())
                .isNotEqualTo("0");
        assertThat(id.waitFor()).isZero();
        assertThat(closed.resolve("x")).exists();
    }

    private void provide(String tool) throws IOException {
        Path script = Files.writeString(tools.resolve(tool), "#!/bin/sh\nexec /usr/bin/%s \"$@\"\n".formatted(tool));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
