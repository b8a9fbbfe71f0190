package dev.parley.query.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {

    @TempDir
    private Path folder;

    private Path secret;
    private Path known;

    @BeforeEach
    void files() {
        secret = folder.resolve("data/secret.pem");
        known = folder.resolve("data/public.pem");
    }

    @Test
    void isMadeOnceAndForItsOwnerOnly() throws IOException {
        KeyFile.make(secret, known);
        String made = Files.readString(secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(known))
                .isEqualTo(KeyFile.pem(SigningKey.read(secret).publicKey()));

        Files.delete(known);
        KeyFile.make(secret, known);
        assertThat(Files.readString(secret)).isEqualTo(made);
        assertThat(Files.readString(known))
                .isEqualTo(KeyFile.pem(SigningKey.read(secret).publicKey()));
    }

    /// The key of RFC 8032, section 7.1, test 1, in the form of RFC 8410.
    @Test
    void whatOpensslMakesIsRead() throws IOException {
        Files.createDirectories(secret.getParent());
        Files.writeString(secret, """
                -----BEGIN PRIVATE KEY-----
                MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
                -----END PRIVATE KEY-----
                """);
        assertThat(KeyFile.pem(SigningKey.read(secret).publicKey()))
                .contains("MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    }

    @Test
    void whatIsNoKeyIsNamed() throws IOException {
        assertThatThrownBy(() -> SigningKey.read(secret)).hasMessageContaining(secret.toString());
        Files.createDirectories(secret.getParent());
        Files.writeString(secret, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> SigningKey.read(secret)).hasMessageContaining(secret.toString());
    }
}
