package dev.parley.axonserver.eventquery;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Limits of ad hoc event queries.
///
/// @param concurrent how many queries may be open at once in a context, live ones included; each has a thread
/// @param defaultLimit how many rows a query without `limit` gets
/// @param rows how many rows one query may keep for grouping, sorting and limiting
/// @param rowBytes likewise in bytes of text
/// @param queryLength how long a query may be, in characters
/// @param depth how deep expressions may be nested
/// @param timeout how long a query may take to read the past, waiting for a slow client included
/// @param eventTimeout how long the regular expressions of a query may take for one event
public record EventQueryProperties(
        @DefaultValue("8") @Min(1) @Max(256) int concurrent,
        @DefaultValue("200") @Min(1) int defaultLimit,
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int rows,
        @DefaultValue("16MB") @NotNull DataSize rowBytes,
        @DefaultValue("4096") @Min(1) @Max(65536) int queryLength,
        @DefaultValue("50") @Min(1) @Max(200) int depth,
        @DefaultValue("5m") @NotNull Duration timeout,
        @DefaultValue("1s") @NotNull Duration eventTimeout) {}
