package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerStateTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        ServerState state = ServerState.of(List.of(ProcessHandle.current()), 5432);
        state.write(folder.resolve("state"));
        assertThat(ServerState.read(folder.resolve("state"))).isEqualTo(state);
    }

    @Test
    void aDamagedFileNamesNobody() throws IOException {
        Path file = folder.resolve("state");
        for (String damaged : List.of("", "\n", "12", "a b c", "1 2")) {
            Files.writeString(file, damaged);
            assertThat(ServerState.read(file).entries()).as(damaged).isEmpty();
        }
    }
}
