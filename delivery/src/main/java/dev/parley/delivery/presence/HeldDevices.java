package dev.parley.delivery.presence;

import dev.parley.delivery.cursor.DeviceKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The devices whose sockets this node holds.
public interface HeldDevices {

    List<Claim> held();

    /// @return null if this node holds no socket of the device
    @Nullable
    Claim held(DeviceKey device);

    /// Another node has a newer socket: closes this one, if it is still the one that is held.
    void replaced(Claim claim);
}
