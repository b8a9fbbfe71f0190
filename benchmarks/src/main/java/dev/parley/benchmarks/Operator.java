package dev.parley.benchmarks;

import dev.parley.benchmarks.Benchmarks.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The first admin of a running Parley, who gives itself the roles that a benchmark needs. It owns what `bin/import`
/// imported.
final class Operator {

    private Operator() {}

    /// Logs in with the password in the data folder, `--data`.
    static Client logIn(Options options) throws IOException, InterruptedException {
        String password = Files.readString(Path.of(options.text("data", "data"), "admin-password"))
                .strip();
        Client nobody = Client.nobody(options.server());
        Map<String, String> credentials = Map.of("username", "admin", "password", password);
        Client admin = nobody.as(token(nobody, credentials));
        for (String role : List.of("analyst", "auditor")) {
            admin.call("PUT", "/api/v1/admin/accounts/admin/roles/" + role, null);
        }
        return nobody.as(token(nobody, credentials));
    }

    private static String token(Client nobody, Map<String, String> credentials)
            throws IOException, InterruptedException {
        return nobody.call("POST", "/api/v1/sessions", credentials)
                .path("token")
                .asString();
    }
}
