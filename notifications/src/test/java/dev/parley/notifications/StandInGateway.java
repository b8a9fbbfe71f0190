package dev.parley.notifications;

import dev.parley.messages.AccountId;
import dev.parley.messages.query.Attendance;
import dev.parley.messages.query.Attendance.Present;
import dev.parley.messages.query.Cursors;
import dev.parley.messages.query.Cursors.Cursor;
import dev.parley.messages.query.FindAttendance;
import dev.parley.messages.query.FindCursors;
import dev.parley.messages.query.FindUnread;
import dev.parley.messages.query.Unread;
import dev.parley.notifications.presence.DeviceKey;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.queryhandling.QueryHandler;

/// Answers for the delivery role, and for the inbox.
public class StandInGateway {

    private final Set<DeviceKey> present = ConcurrentHashMap.newKeySet();
    private final Map<DeviceKey, Long> cursors = new ConcurrentHashMap<>();
    private final Map<AccountId, Integer> unread = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();

    public void connect(AccountId account, String device) {
        present.add(new DeviceKey(account, device));
    }

    public void disconnect(AccountId account, String device) {
        present.remove(new DeviceKey(account, device));
    }

    public void acknowledge(AccountId account, String device, long position) {
        cursors.put(new DeviceKey(account, device), position);
    }

    /// How many conversations the inbox counts as unread.
    public void unread(AccountId account, int conversations) {
        unread.put(account, conversations);
    }

    int asked() {
        return asked.get();
    }

    @QueryHandler
    Attendance on(FindAttendance query) {
        asked.incrementAndGet();
        return new Attendance(present.stream()
                .filter(key -> query.accounts().contains(key.account()))
                .map(key -> new Present(key.account(), key.device(), cursors.getOrDefault(key, -1L)))
                .toList());
    }

    @QueryHandler
    Unread on(FindUnread query) {
        return new Unread(
                query.accounts().stream()
                        .map(account -> new Unread.Count(account, unread.getOrDefault(account, 1)))
                        .toList(),
                query.position());
    }

    @QueryHandler
    Cursors on(FindCursors query) {
        return new Cursors(cursors.entrySet().stream()
                .filter(entry -> query.accounts().contains(entry.getKey().account()))
                .map(entry ->
                        new Cursor(entry.getKey().account(), entry.getKey().device(), entry.getValue()))
                .toList());
    }
}
