package dev.parley.messages.query;

import dev.parley.messages.AccountId;
import java.util.List;

/// Acknowledged positions of devices; a device without one is absent.
public record Cursors(List<Cursor> cursors) {

    public record Cursor(AccountId account, String device, long position) {}
}
