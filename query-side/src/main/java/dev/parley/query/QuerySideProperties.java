package dev.parley.query;

import jakarta.validation.Valid;
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
/// @param reads questions that people ask Elasticsearch at once; more wait as long as for an answer
/// @param auditScan facts one audit request looks at, whether or not its filters let them through
/// @param auditWait how long one audit request reads the event store before it answers with what it has
/// @param auditFold how long a conversation as it was may take to be read from the event store, and how long the place
///     in the log may take to be found, before it is refused as unavailable
/// @param auditStreams exports of the event store that are read at once, and likewise conversations as they were
/// @param auditFollow how long an export goes on with facts to come before its reader has to ask again
/// @param audit how the event store is kept from being tampered with unseen
/// @param deadLetters bounds of what is put aside
/// @param archive what analysts may ask for
/// @param rebuild how projections are built anew
@Validated
@ConfigurationProperties("parley.query-side")
public record QuerySideProperties(
        @DefaultValue("500") @Min(1) @Max(5_000) int batchSize,
        @DefaultValue("5s") Duration readWait,
        @DefaultValue("2s") Duration lobbyWait,
        @DefaultValue("4s") Duration searchTimeout,
        @DefaultValue("30s") Duration indexTimeout,
        @DefaultValue("24") @Min(1) @Max(1_000) int reads,
        @DefaultValue("20000") @Min(1) int auditScan,
        @DefaultValue("5s") Duration auditWait,
        @DefaultValue("30s") Duration auditFold,
        @DefaultValue("4") @Min(1) @Max(100) int auditStreams,
        @DefaultValue("15m") Duration auditFollow,
        @DefaultValue @Valid AuditProperties audit,
        @DefaultValue @Valid DeadLetters deadLetters,
        @DefaultValue @Valid Archive archive,
        @DefaultValue @Valid Rebuild rebuild) {

    /// How many facts that cannot be projected are put aside: one more stops their projection, until there is room.
    ///
    /// @param maxSequences conversations, games or accounts with letters, of each projection
    /// @param maxSequenceSize letters of one of them
    /// @param retryWait how long one request tries letters again before it says how many are left
    public record DeadLetters(
            @DefaultValue("1000") @Min(128) int maxSequences,
            @DefaultValue("10000") @Min(128) int maxSequenceSize,
            @DefaultValue("20s") Duration retryWait) {}

    /// What each node lets through.
    ///
    /// @param reads questions to Elasticsearch at once
    /// @param exports of all analysts at once
    /// @param exportTime how long an export may take, however slow its reader is
    /// @param outage how long an export waits for Elasticsearch to come back before it is cut off
    public record Archive(
            @DefaultValue("16") @Min(1) int reads,
            @DefaultValue("4") @Min(1) int exports,
            @DefaultValue("6h") Duration exportTime,
            @DefaultValue("60s") Duration outage) {}

    /// @param batchSize facts written at once
    /// @param lease how long a node that works on a rebuild may be silent before another one takes it over
    /// @param hold how long the live processor may be kept from committing while a generation takes its place
    /// @param retire how long what was read before a swap stays, for reads that began on it
    public record Rebuild(
            @DefaultValue("5000") @Min(1) @Max(20_000) int batchSize,
            @DefaultValue("30s") Duration lease,
            @DefaultValue("5s") Duration hold,
            @DefaultValue("60s") Duration retire) {}
}
