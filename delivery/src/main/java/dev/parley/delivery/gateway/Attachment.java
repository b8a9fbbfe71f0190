package dev.parley.delivery.gateway;

import dev.parley.delivery.cursor.DeviceKey;
import dev.parley.messages.query.Session;

/// What a connection gets with its `hello`.
///
/// @param typing how often it may signal typing
record Attachment(Session session, DeviceKey device, Feed feed, Sends sends, Allowance typing) {}
