package dev.parley.axonserver.platform;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the life of clients is watched, and how long they may take to answer.
///
/// @param interval how often a client is asked for a sign of life
/// @param timeout how long a client that has answered before may be silent until it is taken for dead
/// @param instructionTimeout how long a client may take to pause, start, split, merge or release
public record HeartbeatProperties(
        @DefaultValue("5s") @NotNull Duration interval,
        @DefaultValue("20s") @NotNull Duration timeout,
        @DefaultValue("10s") @NotNull Duration instructionTimeout) {}
