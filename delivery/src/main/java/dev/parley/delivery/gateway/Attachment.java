package dev.parley.delivery.gateway;

import dev.parley.delivery.cursor.DeviceKey;
import dev.parley.delivery.receipt.Unacknowledged;

/// What a connection gets with its `hello`.
///
/// @param typing how often it may signal typing
record Attachment(DeviceKey device, Feed feed, Requests requests, Unacknowledged unacknowledged, Allowance typing) {}
