package dev.parley.axonserver.protocol;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Limits of commands and queries under way.
///
/// @param queuedPerClient how many commands, and how many queries, may wait for the permits of one client
/// @param subscriptionsPerClient how many commands, and how many queries, one client may handle; more are refused
/// @param commandTimeout how long a command may take that says nothing itself
/// @param queryTimeout how long a query may take that says nothing itself
/// @param queuedUpdates how many updates may wait for one subscription query; more end it with an error
/// @param streamedResults how many results a streaming query's handler may be ahead of the one who asked
public record RoutingProperties(
        @DefaultValue("10000") @Min(1) int queuedPerClient,
        @DefaultValue("10000") @Min(1) int subscriptionsPerClient,
        @DefaultValue("5m") @NotNull Duration commandTimeout,
        @DefaultValue("5m") @NotNull Duration queryTimeout,
        @DefaultValue("1024") @Min(1) int queuedUpdates,
        @DefaultValue("128") @Min(2) int streamedResults) {}
