package dev.parley.client;

import java.net.URI;

/// Something a message carries by reference.
///
/// @param size in bytes
/// @param sha256 64 hexadecimal digits, lower case
public record Attachment(String name, String mediaType, long size, String sha256, URI uri) {}
