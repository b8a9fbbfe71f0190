package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a start fails; how one succeeds is in OwnerEndIT, because it takes long.
class EmbeddedElasticsearchIT {
    @TempDir
    Path folder;

    @Test
    void aServerThatDiesIsReportedWithItsOwnWords() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/_state"), "no folder");
        assertRefused(EmbeddedElasticsearchSettings.of(ElasticsearchHome.locate(), folder), "_state");
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void aPortInUseIsNamedBeforeAnythingStarts() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedElasticsearchSettings settings = EmbeddedElasticsearchSettings.of(
                            ElasticsearchHome.locate(), folder)
                    .withPort(other.getLocalPort());
            assertRefused(settings, "Port " + other.getLocalPort() + " for Elasticsearch");
            assertThat(folder.resolve("config")).doesNotExist();
        }
    }

    @Test
    void aHomeWithoutElasticsearchIsRefused() {
        assertRefused(EmbeddedElasticsearchSettings.of(folder, folder), "is no unpacked Elasticsearch");
    }

    @Test
    void aDiskThatIsTooFullIsRefused() {
        assertRefused(
                EmbeddedElasticsearchSettings.of(ElasticsearchHome.locate(), folder)
                        .withMinimumFreeBytes(Long.MAX_VALUE),
                "free some space");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        EmbeddedElasticsearchSettings settings = EmbeddedElasticsearchSettings.of(folder, folder);
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withHeapMegabytes(16));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withPort(70_000));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withMinimumFreeBytes(-1));
    }

    private static void assertRefused(EmbeddedElasticsearchSettings settings, String words) {
        assertThatExceptionOfType(EmbeddedStartException.class)
                .isThrownBy(() -> EmbeddedElasticsearch.start(settings).close())
                .withMessageContaining(words)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }
}
