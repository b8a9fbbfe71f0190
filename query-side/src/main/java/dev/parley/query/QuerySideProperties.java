package dev.parley.query;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// @param batchSize facts a projection takes at once, one write for all of them
/// @param readWait how long a read with `Parley-After` waits for its projection before it is refused as unavailable
/// @param lobbyWait how long a list of games waits for its projection, once this process has seen all of the event
///     store, before it is refused as unavailable
/// @param searchTimeout how long a read waits for Elasticsearch's answer before it is refused as unavailable
/// @param indexTimeout how long any request to Elasticsearch may take, writing a batch among them
/// @param auditScan facts one audit request looks at, whether or not its filters let them through
/// @param auditWait how long one audit request reads the event store before it answers with what it has
/// @param rebuild how projections are built anew
@Validated
@ConfigurationProperties("parley.query-side")
public record QuerySideProperties(
        @DefaultValue("500") @Min(1) @Max(5_000) int batchSize,
        @DefaultValue("5s") Duration readWait,
        @DefaultValue("2s") Duration lobbyWait,
        @DefaultValue("4s") Duration searchTimeout,
        @DefaultValue("30s") Duration indexTimeout,
        @DefaultValue("20000") @Min(1) int auditScan,
        @DefaultValue("5s") Duration auditWait,
        @DefaultValue Rebuild rebuild) {

    /// @param batchSize facts written at once
    /// @param lease how long a node that works on a rebuild may be silent before another one takes it over
    /// @param retire how long what was read before a swap stays, for reads that began on it
    public record Rebuild(
            @DefaultValue("5000") @Min(1) @Max(20_000) int batchSize,
            @DefaultValue("30s") Duration lease,
            @DefaultValue("60s") Duration retire) {}
}
