package dev.parley.notifications.presence;

import dev.parley.messages.AccountId;
import dev.parley.messages.query.Attendance;
import dev.parley.messages.query.Cursors;
import dev.parley.messages.query.FindAttendance;
import dev.parley.messages.query.FindCursors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.stereotype.Component;

/// Asks the gateway nodes about devices. Thread-safe. Every question takes 1.5 s at most for each 1,000 accounts.
@Component
public class Presence {

    private static final long TIMEOUT_MILLIS = 1_500;
    /// The bound of [FindAttendance] and [FindCursors].
    private static final int ACCOUNTS = 1_000;

    private final QueryGateway queries;

    Presence(QueryGateway queries) {
        this.queries = queries;
    }

    /// The devices that hold a live socket on any gateway. A gateway that does not answer in time holds none: a ring
    /// too many is better than a message unseen.
    public Set<DeviceKey> attending(Collection<AccountId> accounts) {
        Set<DeviceKey> present = new HashSet<>();
        for (Set<AccountId> some : chunks(accounts)) {
            try (Stream<Attendance> answers = queries.scatterGather(
                    new FindAttendance(some),
                    ResponseTypes.instanceOf(Attendance.class),
                    TIMEOUT_MILLIS,
                    TimeUnit.MILLISECONDS)) {
                answers.flatMap(answer -> answer.present().stream())
                        .forEach(device -> present.add(new DeviceKey(device.account(), device.device())));
            }
        }
        return present;
    }

    /// The positions that devices have acknowledged; those without one are absent.
    ///
    /// @throws PresenceUnknownException if no gateway answers in time
    public Map<DeviceKey, Long> cursors(Collection<AccountId> accounts) throws PresenceUnknownException {
        Map<DeviceKey, Long> cursors = new HashMap<>();
        for (Set<AccountId> some : chunks(accounts)) {
            for (Cursors.Cursor cursor : ask(some).cursors()) {
                cursors.merge(new DeviceKey(cursor.account(), cursor.device()), cursor.position(), Math::max);
            }
        }
        return cursors;
    }

    private Cursors ask(Set<AccountId> accounts) throws PresenceUnknownException {
        try {
            return queries.query(new FindCursors(accounts), ResponseTypes.instanceOf(Cursors.class))
                    .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new PresenceUnknownException("No gateway told the cursors of devices", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PresenceUnknownException("Interrupted while asking for the cursors of devices", e);
        }
    }

    private static List<Set<AccountId>> chunks(Collection<AccountId> accounts) {
        List<AccountId> distinct = new ArrayList<>(new LinkedHashSet<>(accounts));
        List<Set<AccountId>> chunks = new ArrayList<>();
        for (int from = 0; from < distinct.size(); from += ACCOUNTS) {
            chunks.add(Set.copyOf(distinct.subList(from, Math.min(from + ACCOUNTS, distinct.size()))));
        }
        return chunks;
    }
}
