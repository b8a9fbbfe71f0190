package dev.parley.delivery.gateway;

import dev.parley.delivery.cursor.CursorKeeper;
import dev.parley.delivery.cursor.DeviceKey;
import dev.parley.messages.AccountId;
import dev.parley.messages.query.Attendance;
import dev.parley.messages.query.Attendance.Present;
import dev.parley.messages.query.Cursors;
import dev.parley.messages.query.Cursors.Cursor;
import dev.parley.messages.query.FindAttendance;
import dev.parley.messages.query.FindCursors;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryHandler;

/// Who is here, and how far their devices are: what decides about pushes.
final class AttendanceQueries {

    private final Sockets sockets;
    private final CursorKeeper cursors;

    AttendanceQueries(Sockets sockets, CursorKeeper cursors) {
        this.sockets = sockets;
        this.cursors = cursors;
    }

    /// The live sockets of this node only.
    @QueryHandler
    Attendance on(FindAttendance query) {
        return new Attendance(present(query.accounts()).toList());
    }

    /// What is on disk, and what this node knows beyond it.
    @QueryHandler
    Cursors on(FindCursors query) {
        Map<DeviceKey, Long> known = cursors.of(query.accounts());
        present(query.accounts())
                .filter(device -> device.acked() >= 0)
                .forEach(device ->
                        known.merge(new DeviceKey(device.account(), device.device()), device.acked(), Math::max));
        List<Cursor> found = known.entrySet().stream()
                .map(entry ->
                        new Cursor(entry.getKey().account(), entry.getKey().device(), entry.getValue()))
                .toList();
        return new Cursors(found);
    }

    private Stream<Present> present(Set<AccountId> accounts) {
        return accounts.stream()
                .flatMap(account -> sockets.of(account).stream())
                .map(Connection::attachment)
                .filter(attachment -> attachment != null)
                .map(attachment -> new Present(
                        attachment.device().account(),
                        attachment.device().device(),
                        attachment.feed().acked()));
    }
}
