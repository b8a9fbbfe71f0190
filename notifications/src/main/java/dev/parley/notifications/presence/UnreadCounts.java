package dev.parley.notifications.presence;

import dev.parley.messages.AccountId;
import dev.parley.messages.query.FindUnread;
import dev.parley.messages.query.Unread;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.stereotype.Component;

/// Asks the inbox for the numbers on apps' icons. Thread-safe.
@Component
public class UnreadCounts {

    /// The inbox itself waits up to half a second for its projection.
    private static final long TIMEOUT_MILLIS = 1_500;

    private final QueryGateway queries;

    UnreadCounts(QueryGateway queries) {
        this.queries = queries;
    }

    /// In how many conversations these accounts have something unread.
    ///
    /// @param accounts at most 1,000
    /// @param position of the newest fact that matters
    /// @return empty where no inbox answers in time: a number nobody knows is not shown
    public Map<AccountId, Integer> of(Set<AccountId> accounts, long position) {
        if (accounts.isEmpty()) {
            return Map.of();
        }
        try {
            return queries
                    .query(new FindUnread(accounts, position), ResponseTypes.instanceOf(Unread.class))
                    .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                    .counts()
                    .stream()
                    .collect(Collectors.toMap(Unread.Count::account, Unread.Count::conversations));
        } catch (ExecutionException | TimeoutException e) {
            return Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
    }
}
