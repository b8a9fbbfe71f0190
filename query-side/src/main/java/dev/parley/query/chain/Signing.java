package dev.parley.query.chain;

import dev.parley.query.QuerySideProperties;
import dev.parley.query.QuerySideSchema;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// This node's signing key, and the public halves of all that ever signed here (`query_side.chain_key`): nodes may have
/// keys of their own, and a key may be replaced. Thread-safe.
@Component
class Signing {

    private final JdbcClient jdbc;
    private final SigningKey key;

    /// @throws IllegalStateException if no key is named, or it cannot be used
    Signing(JdbcClient jdbc, QuerySideSchema schema, QuerySideProperties properties) {
        this.jdbc = jdbc;
        this.key = SigningKey.read(named(properties.audit().signingKey()));
        jdbc.sql("insert into query_side.chain_key (id, public_key, since) values (?, ?, ?) on conflict do nothing")
                .params(key.id(), key.publicKey(), Instant.now().atOffset(ZoneOffset.UTC))
                .update();
    }

    /// A public key.
    ///
    /// @param publicKey SubjectPublicKeyInfo in PEM
    /// @param since when it was first seen here
    record Known(String id, String algorithm, String publicKey, Instant since) {}

    String id() {
        return key.id();
    }

    byte[] sign(Checkpoint checkpoint) {
        return key.sign(checkpoint.signed());
    }

    /// Oldest first.
    List<Known> keys() {
        return jdbc.sql("select id, public_key, since from query_side.chain_key order by since, id")
                .query((row, n) -> new Known(
                        row.getString(1),
                        "Ed25519",
                        KeyFile.pem(row.getBytes(2)),
                        row.getObject(3, OffsetDateTime.class).toInstant()))
                .list();
    }

    private static Path named(@Nullable Path file) {
        if (file == null) {
            throw new IllegalStateException(
                    "parley.query-side.audit.signing-key names no file; make one with: openssl genpkey -algorithm ed25519");
        }
        return file;
    }
}
