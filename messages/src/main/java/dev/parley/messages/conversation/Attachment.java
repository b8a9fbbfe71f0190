package dev.parley.messages.conversation;

import java.net.URI;

/// Something a message carries by reference: Parley keeps what it is and where, not its bytes.
///
/// @param name as it is shown, 1 to 255 characters
/// @param mediaType as in RFC 6838: `image/png`
/// @param size in bytes, 0 or more
/// @param sha256 of its bytes: 64 hexadecimal digits, lower case
/// @param uri where it is: absolute, `https` or `http`, at most 2,048 characters
public record Attachment(String name, String mediaType, long size, String sha256, URI uri) {}
