package dev.parley.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.UUID;

/// People with roles beyond chatting, made as an operator would: by the first admin.
final class Auditors {

    private Auditors() {}

    /// The first admin, whose generated password lies in the data folder.
    static Caller admin(Product product) {
        try {
            String password =
                    Files.readString(product.data().resolve("admin-password")).strip();
            return Caller.logIn(product.address(), "admin", password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A new auditor.
    static Caller one(Product product) {
        Caller auditor = Caller.register(
                product.address(), "auditor-" + UUID.randomUUID().toString().substring(0, 8));
        Answer granted =
                admin(product).put("/api/v1/admin/accounts/" + auditor.username() + "/roles/auditor", Map.of());
        assertThat(granted.status()).isEqualTo(204);
        return auditor;
    }
}
