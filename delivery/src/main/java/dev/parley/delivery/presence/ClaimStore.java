package dev.parley.delivery.presence;

import dev.parley.delivery.cursor.DeviceKey;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who holds which device, over all nodes. The row is the truth, whatever is heard.
interface ClaimStore {

    /// A `hello` that wants its device.
    ///
    /// @param opened when its socket was opened, by `System.nanoTime`
    record Wanted(DeviceKey device, long position, long opened) {}

    /// Takes the devices for this node, in one transaction that also tells the nodes which lost one, and everybody who
    /// came online.
    ///
    /// @param wanted each device once
    /// @return without those that a newer socket holds and those from before the application was cleared; none
    ///     for a node that was given up long ago and gave no sign of life since
    List<Claim> claim(Collection<Wanted> wanted);

    /// Those of the devices that a newer socket holds beyond doubt: clocks are not exact, and one that was
    /// opened at nearly the same time may be the older. What was not claimed and is not here is to be tried
    /// again by another socket.
    Set<DeviceKey> newer(Collection<Wanted> refused);

    /// Gives up devices, as far as they are still held by these claims. Their accounts count as online for a while.
    void release(Collection<Claim> claims, Duration grace);

    /// The number of each device's newest socket; without those that nobody holds.
    Map<DeviceKey, Long> numbers(Collection<DeviceKey> devices);

    /// Puts claims back that others removed because they took this node for dead; a newer claim stays.
    void restore(Collection<Claim> claims);

    /// All claims that are written down as this node's.
    List<Claim> ours();
}
