package dev.parley.delivery.membership;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How far a projection is, read from its tokens in `axon.token_entry`, which Axon's `JdbcTokenStore` writes as JSON.
final class ProjectionPosition {

    private final JdbcClient jdbc;
    private final JsonMapper json = JsonMapper.builder().build();

    ProjectionPosition(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The position up to which every segment has stored its work; -1 where one has stored none.
    long of(String processor) {
        List<Long> positions = jdbc.sql("select token from axon.token_entry where processorname = :name")
                .param("name", processor)
                .query((row, number) -> position(row.getBytes("token")))
                .list();
        return positions.stream().mapToLong(Long::longValue).min().orElse(-1);
    }

    /// A `GlobalSequenceTrackingToken`, bare or in a `ReplayToken` (its `currentToken`, null at the start).
    private long position(byte @Nullable [] token) {
        if (token == null) {
            return -1;
        }
        JsonNode node = json.readTree(new String(token, StandardCharsets.UTF_8));
        if (node.has("tokenAtReset")) {
            node = node.path("currentToken");
        }
        return node.path("globalIndex").asLong(-1);
    }
}
