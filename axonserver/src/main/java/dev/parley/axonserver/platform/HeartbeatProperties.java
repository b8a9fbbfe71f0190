package dev.parley.axonserver.platform;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the life of clients is watched.
///
/// @param interval how often a client is asked for a sign of life
/// @param timeout how long a client that has answered before may be silent until it is taken for dead
public record HeartbeatProperties(
        @DefaultValue("5s") @NotNull Duration interval,
        @DefaultValue("20s") @NotNull Duration timeout) {}
