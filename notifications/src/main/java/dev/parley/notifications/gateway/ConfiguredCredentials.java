package dev.parley.notifications.gateway;

import dev.parley.notifications.device.Platform;
import java.util.Map;

/// The credentials of each platform, and what they were when they were first read.
///
/// @param digests of [CredentialSource#digest]; none for a platform without credentials
record ConfiguredCredentials(Map<Platform, Credentials> all, Map<Platform, String> digests) {}
