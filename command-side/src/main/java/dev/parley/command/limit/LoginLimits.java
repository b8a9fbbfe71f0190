package dev.parley.command.limit;

import dev.parley.command.CommandSideProperties;
import dev.parley.command.CommandSideProperties.Limits;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Slows down who guesses passwords: failed logins are limited for each user name and for each address. Whether an
/// account bears the name makes no difference. Thread-safe.
@Component
public class LoginLimits {

    private static final String REFUSAL = "Too many failed logins";

    private final Buckets<FailureBucket> accounts;
    private final Buckets<FailureBucket> addresses;
    private final Counter refusedAccounts;
    private final Counter refusedAddresses;

    @Autowired
    LoginLimits(CommandSideProperties properties, TimeMeter clock, MeterRegistry meters) {
        this(properties.limits(), clock, meters);
    }

    /// @param clock what the buckets are filled up by
    public LoginLimits(Limits limits, TimeMeter clock, MeterRegistry meters) {
        Limit account = limits.failedLoginsPerAccount();
        Limit address = limits.failedLoginsPerAddress();
        accounts = new Buckets<>(account.period(), () -> new FailureBucket(account.newBucket(clock)));
        addresses = new Buckets<>(address.period(), () -> new FailureBucket(address.newBucket(clock)));
        refusedAccounts = LimitMeters.refusals(meters, "login-account");
        refusedAddresses = LimitMeters.refusals(meters, "login-address");
    }

    /// To be called before anything is looked up.
    ///
    /// @param foldedName as names are compared
    /// @param address an IP address as text
    /// @throws RejectedException `rate-limited`, also for the right password; `unavailable` if too
    ///     many log in
    public LoginAttempt begin(String foldedName, String address) {
        FailureBucket ofAccount = accounts.get(foldedName);
        FailureBucket ofAddress = addresses.get(AddressKey.of(address));
        enter(ofAccount, refusedAccounts);
        try {
            enter(ofAddress, refusedAddresses);
        } catch (RejectedException refused) {
            ofAccount.leave(false);
            throw refused;
        }
        return new LoginAttempt(ofAccount, ofAddress);
    }

    private static void enter(FailureBucket bucket, Counter refusals) {
        try {
            bucket.enter(REFUSAL);
        } catch (RejectedException refused) {
            if (refused.rejection().code() == RejectionCode.RATE_LIMITED) {
                refusals.increment();
            }
            throw refused;
        }
    }
}
