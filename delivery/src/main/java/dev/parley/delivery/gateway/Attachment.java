package dev.parley.delivery.gateway;

import dev.parley.delivery.cursor.DeviceKey;

/// What a connection gets with its `hello`.
///
/// @param typing how often it may signal typing
record Attachment(DeviceKey device, Feed feed, Sends sends, Allowance typing) {}
