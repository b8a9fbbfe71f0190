package dev.parley.client;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message to be sent.
///
/// @param body at most 16 KiB of UTF-8; blank only where there are attachments
/// @param mentions accounts that are members
public record Draft(String body, @Nullable UUID replyTo, List<UUID> mentions, List<Attachment> attachments) {

    public static Draft of(String body) {
        return new Draft(body, null, List.of(), List.of());
    }
}
