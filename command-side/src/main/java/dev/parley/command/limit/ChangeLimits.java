package dev.parley.command.limit;

import dev.parley.command.CommandSideProperties;
import dev.parley.command.CommandSideProperties.Limits;
import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Rejection;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Slows down who changes things faster than people read: each account, wherever it writes; each
/// conversation, whoever writes there; and each account's marks by themselves. Thread-safe.
///
/// Marks have a bucket of their own, because devices make them without being asked to: a device that
/// comes back marks as many conversations as had news. They must not use up what its person says, nor
/// that them.
///
/// The commands of a conversation meet at one node, so its limit holds for all nodes together; an
/// account may do as much on each.
@Component
public class ChangeLimits {

    private static final String OF_ACCOUNT = "You change too much at once";
    private static final String OF_CONVERSATION = "Too much happens in this conversation at once";

    private final Buckets<Bucket> accounts;
    private final Buckets<Bucket> conversations;
    private final Buckets<Bucket> marks;
    private final Counter refusedAccounts;
    private final Counter refusedConversations;
    private final Counter refusedMarks;

    @Autowired
    ChangeLimits(CommandSideProperties properties, TimeMeter clock, MeterRegistry meters) {
        this(properties.limits(), clock, meters);
    }

    /// @param clock what the buckets are filled up by
    ChangeLimits(Limits limits, TimeMeter clock, MeterRegistry meters) {
        accounts = buckets(limits.changesPerAccount(), clock);
        conversations = buckets(limits.changesPerConversation(), clock);
        marks = buckets(limits.marksPerAccount(), clock);
        refusedAccounts = LimitMeters.refusals(meters, "changes-account");
        refusedConversations = LimitMeters.refusals(meters, "changes-conversation");
        refusedMarks = LimitMeters.refusals(meters, "marks-account");
    }

    /// For a change that the account alone answers for.
    ///
    /// @throws Refusal `rate-limited` with the time until there is room again
    Taken change(AccountId account) {
        return new Taken(take(accounts, account, OF_ACCOUNT, refusedAccounts), null);
    }

    /// For a change that takes room in a conversation. One that finds none there counts for neither: a
    /// full conversation does not keep an account from writing elsewhere.
    ///
    /// @throws Refusal `rate-limited` with the time until there is room again
    Taken change(AccountId account, ConversationId conversation) {
        Bucket ofAccount = take(accounts, account, OF_ACCOUNT, refusedAccounts);
        try {
            return new Taken(ofAccount, take(conversations, conversation, OF_CONVERSATION, refusedConversations));
        } catch (Refusal full) {
            ofAccount.addTokens(1);
            throw full;
        }
    }

    /// For a mark of what was received or read.
    ///
    /// @throws Refusal `rate-limited` with the time until there is room again
    Taken mark(AccountId account) {
        return new Taken(take(marks, account, OF_ACCOUNT, refusedMarks), null);
    }

    private static Bucket take(Buckets<Bucket> buckets, Object key, String refusal, Counter refusals) {
        Bucket bucket = buckets.get(key.toString());
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            refusals.increment();
            throw new Refusal(
                    Rejection.rateLimited(refusal, Duration.ofMillis(probe.getNanosToWaitForRefill() / 1_000_000 + 1)));
        }
        return bucket;
    }

    private static Buckets<Bucket> buckets(Limit limit, TimeMeter clock) {
        return new Buckets<>(limit.period(), () -> limit.newBucket(clock));
    }
}
