package dev.parley.query.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message as clients see it. What it does not have is absent.
///
/// @param username what the sender is called now; absent while the account is not projected yet
/// @param body as it reads now
/// @param at when it was said
/// @param imported true for a message taken over from an archive
/// @param replyTo the message it answers; it may be one that the caller cannot see
/// @param mentions accounts
/// @param editedAt when it was last edited
/// @param deleted true for one whose content is gone
/// @param withheld true for one that was edited after the caller left: how it reads since is not the caller's to see
/// @param reactions the kind that came first comes first
/// @param replies how many messages answer it, where that was counted
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageView(
        String id,
        String conversation,
        long seq,
        long position,
        String sender,
        @Nullable String username,
        @Nullable String body,
        Instant at,
        @Nullable Boolean imported,
        @Nullable String replyTo,
        @Nullable List<String> mentions,
        @Nullable List<AttachedDocument> attachments,
        @Nullable Instant editedAt,
        @Nullable Boolean deleted,
        @Nullable Boolean withheld,
        @Nullable List<ReactionView> reactions,
        @Nullable Long replies) {

    MessageView answered(@Nullable Long times) {
        return new MessageView(
                id,
                conversation,
                seq,
                position,
                sender,
                username,
                body,
                at,
                imported,
                replyTo,
                mentions,
                attachments,
                editedAt,
                deleted,
                withheld,
                reactions,
                times);
    }
}
