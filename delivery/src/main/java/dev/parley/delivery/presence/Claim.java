package dev.parley.delivery.presence;

import dev.parley.delivery.cursor.DeviceKey;

/// A socket's hold on its device.
///
/// @param number when the socket was opened, comparable over all nodes: the newest of a device has the highest
/// @param position the log's head at its `hello`
public record Claim(DeviceKey device, long number, long position) {}
