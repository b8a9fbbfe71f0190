package dev.parley.command.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A session as its user recognises it.
///
/// @param lastUsedAt to the precision of [Sessions]
/// @param client what the client called itself at the login
/// @param current whether the request that asks bears its token
record SessionView(
        SessionId id,
        Instant openedAt,
        Instant lastUsedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String client,
        boolean current) {}
