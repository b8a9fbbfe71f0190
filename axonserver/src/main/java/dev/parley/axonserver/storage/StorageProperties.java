package dev.parley.axonserver.storage;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Limits of the store.
///
/// @param readers connections for reads and snapshots; the writer has one more
/// @param appendTimeout after this time an append that is not stored is answered as unavailable
/// @param readTimeout after this time a read that PostgreSQL does not answer fails
/// @param openBytes how much event data the transactions may hold, all together, that their clients have not committed
/// @param openTimeout after this time without a further event such a transaction is ended
/// @param queuedAppends how many transactions may wait for the writer
/// @param queuedBytes how much event data may wait for the writer
/// @param groupEvents how many events one commit stores at most, a single larger transaction excepted
/// @param groupBytes likewise in bytes
/// @param eventBytes how large one event may be; it must reach readers in one message with its token, and their
/// connector takes 4 MB by default
/// @param transactionBytes how large one transaction may be
/// @param knownAggregates how many aggregates' sequence numbers the writer remembers; about 150 bytes each
/// @param tailEvents how many of the newest events are kept in memory for readers that keep up
/// @param tailBytes likewise in bytes
/// @param snapshots how many snapshots of an aggregate are kept, the newest ones
/// @param pageBytes how much a reader fetches at once, from memory or from the database
public record StorageProperties(
        @DefaultValue("4") @Min(1) @Max(64) int readers,
        @DefaultValue("5s") @NotNull Duration appendTimeout,
        @DefaultValue("15s") @NotNull Duration readTimeout,
        @DefaultValue("64MB") @NotNull DataSize openBytes,
        @DefaultValue("1m") @NotNull Duration openTimeout,
        @DefaultValue("8192") @Min(1) int queuedAppends,
        @DefaultValue("64MB") @NotNull DataSize queuedBytes,
        @DefaultValue("2048") @Min(1) int groupEvents,
        @DefaultValue("4MB") @NotNull DataSize groupBytes,
        @DefaultValue("4095KB") @NotNull DataSize eventBytes,
        @DefaultValue("16MB") @NotNull DataSize transactionBytes,
        @DefaultValue("100000") @Min(1) int knownAggregates,
        @DefaultValue("16384") @Min(1) int tailEvents,
        @DefaultValue("32MB") @NotNull DataSize tailBytes,
        @DefaultValue("5") @Min(1) int snapshots,
        @DefaultValue("2MB") @NotNull DataSize pageBytes) {}
