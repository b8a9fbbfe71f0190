package dev.parley.notifications.outbox;

import dev.parley.notifications.presence.DeviceKey;

/// A (device, message) pair that gets a row.
public record OwedPush(OwedMessage message, DeviceKey device) {

    boolean mentioned() {
        return message.sent().mentions().contains(device.account());
    }
}
