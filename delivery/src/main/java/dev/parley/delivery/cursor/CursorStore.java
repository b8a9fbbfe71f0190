package dev.parley.delivery.cursor;

import dev.parley.messages.AccountId;
import java.util.Map;
import java.util.Set;

/// The acknowledged positions of devices, on disk.
public interface CursorStore {

    /// Moves cursors forward; one that is further already stays. One round trip for all.
    void advance(Map<DeviceKey, Long> positions);

    Map<DeviceKey, Long> of(Set<AccountId> accounts);
}
