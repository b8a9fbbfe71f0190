package dev.parley.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an operator sees when Parley cannot start: one line that says why and what to do, and nothing left running.
class BadDaysSystemTest {

    @TempDir
    private Path folder;

    @Test
    void namesThePortThatIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            expectRefusal(List.of("--server.port=" + taken.getLocalPort()), "Port " + taken.getLocalPort());
            expectRefusal(List.of("--parley.axonserver.port=" + taken.getLocalPort()), "Port " + taken.getLocalPort());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--spring.datasource.url=jdbc:postgresql://127.0.0.1:%d/parley, PostgreSQL at",
        "--spring.elasticsearch.uris=http://127.0.0.1:%d, Elasticsearch at",
        "--axon.axonserver.servers=127.0.0.1:%d, Axon Server at"
    })
    void namesTheExternalServerThatDoesNotAnswer(String setting, String named) throws Exception {
        int nobodyThere = Product.freePort();
        Product refused = expectRefusal(List.of(setting.formatted(nobodyThere)), named);
        assertThat(refused.output()).contains(String.valueOf(nobodyThere));
    }

    @Test
    void namesTheDataFolderThatCannotBeUsed() throws Exception {
        Files.writeString(folder.resolve("data"), "a file where the folder should be");
        expectRefusal(List.of(), folder.resolve("data").toString());
    }

    @Test
    void namesTheProcessThatUsesTheDataFolder() throws Exception {
        try (Product first = Product.start(folder.resolve("data"), List.of())) {
            Product second = expectRefusal(List.of(), folder.resolve("data").toString());
            assertThat(second.output())
                    .contains(String.valueOf(first.tree().getFirst().pid()));
            assertThat(first.isAlive()).isTrue();
        }
    }

    private Product expectRefusal(List<String> arguments, String named) throws IOException, InterruptedException {
        List<Long> before = processesOfFolder();
        Product product = Product.launch(folder.resolve("data"), arguments);
        assertThat(product.waitForExit()).isEqualTo(1);
        assertThat(product.output().lines().filter(line -> line.startsWith("parley: ")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains(named));
        assertThat(product.output()).doesNotContain("\tat ", "Parley is ready.");
        assertThat(processesOfFolder()).as("nothing is left running").isEqualTo(before);
        return product;
    }

    private List<Long> processesOfFolder() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
                .map(ProcessHandle::pid)
                .sorted()
                .toList();
    }
}
