package dev.parley.command.limit;

import dev.parley.command.CommandSideProperties;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/// Slows down who registers accounts by the hundred, or tries out which names are taken, from one address. Thread-safe.
@Component
public class RegistrationLimit {

    private final Buckets<Bucket> addresses;
    private final Counter refusals;

    RegistrationLimit(CommandSideProperties properties, TimeMeter clock, MeterRegistry meters) {
        Limit limit = properties.limits().registrationsPerAddress();
        addresses = new Buckets<>(limit.period(), () -> limit.newBucket(clock));
        refusals = LimitMeters.refusals(meters, "registration-address");
    }

    /// Counts a registration.
    ///
    /// @param address an IP address as text
    /// @throws RejectedException `rate-limited` if there were too many
    public void count(String address) {
        Bucket bucket = addresses.get(AddressKey.of(address));
        if (!bucket.tryConsume(1)) {
            refusals.increment();
            throw new RejectedException(Rejection.rateLimited("Too many registrations", FailureBucket.wait(bucket)));
        }
    }
}
