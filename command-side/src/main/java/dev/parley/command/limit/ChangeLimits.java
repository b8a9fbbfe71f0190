package dev.parley.command.limit;

import dev.parley.command.CommandSideProperties;
import dev.parley.command.CommandSideProperties.Limits;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
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

/// Slows down who changes conversations faster than people read: for each account, wherever it writes, and for each
/// conversation, whoever writes there. Thread-safe.
///
/// The commands of a conversation meet at one node, so the second holds for all nodes together; an account may do as
/// much on each.
@Component
public class ChangeLimits {

    private static final String OF_ACCOUNT = "You change too much at once";
    private static final String OF_CONVERSATION = "Too much happens in this conversation at once";

    private final Buckets<Bucket> accounts;
    private final Buckets<Bucket> conversations;
    private final Counter refusedAccounts;
    private final Counter refusedConversations;

    @Autowired
    ChangeLimits(CommandSideProperties properties, TimeMeter clock, MeterRegistry meters) {
        this(properties.limits(), clock, meters);
    }

    /// @param clock what the buckets are filled up by
    ChangeLimits(Limits limits, TimeMeter clock, MeterRegistry meters) {
        Limit account = limits.changesPerAccount();
        Limit conversation = limits.changesPerConversation();
        accounts = new Buckets<>(account.period(), () -> account.newBucket(clock));
        conversations = new Buckets<>(conversation.period(), () -> conversation.newBucket(clock));
        refusedAccounts = LimitMeters.refusals(meters, "changes-account");
        refusedConversations = LimitMeters.refusals(meters, "changes-conversation");
    }

    /// Counts a change. One that is refused counts for neither: a full conversation does not keep an account from
    /// writing elsewhere.
    ///
    /// @return `rate-limited` with the time until there is room again; null where there is
    @Nullable
    Rejection count(AccountId account, ConversationId conversation) {
        Bucket ofAccount = accounts.get(account.toString());
        ConsumptionProbe byAccount = ofAccount.tryConsumeAndReturnRemaining(1);
        if (!byAccount.isConsumed()) {
            refusedAccounts.increment();
            return refusal(OF_ACCOUNT, byAccount);
        }
        ConsumptionProbe byConversation =
                conversations.get(conversation.toString()).tryConsumeAndReturnRemaining(1);
        if (!byConversation.isConsumed()) {
            ofAccount.addTokens(1);
            refusedConversations.increment();
            return refusal(OF_CONVERSATION, byConversation);
        }
        return null;
    }

    private static Rejection refusal(String detail, ConsumptionProbe probe) {
        return Rejection.rateLimited(detail, Duration.ofMillis(probe.getNanosToWaitForRefill() / 1_000_000 + 1));
    }
}
