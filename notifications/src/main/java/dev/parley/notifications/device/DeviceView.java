package dev.parley.notifications.device;

import java.time.Instant;

/// A device as its owner sees it: never with its token.
record DeviceView(String device, String platform, Instant updated) {}
