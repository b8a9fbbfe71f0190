package dev.parley.command.limit;

import dev.parley.command.CommandSideProperties;
import dev.parley.messages.AccountId;
import dev.parley.messages.Rejection;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Slows down who looks through the whole archive over and over: each look reads much and is stored for
/// ever. Thread-safe. An account may do as much on each node.
@Component
public class ArchiveLimit {

    private final Buckets<Bucket> accounts;
    private final Counter refusals;

    @Autowired
    ArchiveLimit(CommandSideProperties properties, TimeMeter clock, MeterRegistry meters) {
        this(properties.limits().archivePerAccount(), clock, meters);
    }

    /// @param clock what the buckets are filled up by
    public ArchiveLimit(Limit limit, TimeMeter clock, MeterRegistry meters) {
        accounts = new Buckets<>(limit.period(), () -> limit.newBucket(clock));
        refusals = LimitMeters.refusals(meters, "archive-account");
    }

    /// Counts one command of that account.
    ///
    /// @return `rate-limited` with the time until there is room again; null where there is
    public @Nullable Rejection count(AccountId account) {
        ConsumptionProbe probe = accounts.get(account.toString()).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            return null;
        }
        refusals.increment();
        return Rejection.rateLimited(
                "You search the archive too often", Duration.ofMillis(probe.getNanosToWaitForRefill() / 1_000_000 + 1));
    }
}
