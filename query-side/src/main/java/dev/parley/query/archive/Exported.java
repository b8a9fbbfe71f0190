package dev.parley.query.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.query.archive.Labels.Conversation;
import dev.parley.query.archive.Labels.Person;
import dev.parley.query.history.AttachedDocument;
import dev.parley.query.history.MessageDocument;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message in an export, as it reads when it is written. What it does not have is absent.
///
/// @param title of the conversation
/// @param name what others are shown as the sender
@JsonInclude(JsonInclude.Include.NON_NULL)
record Exported(
        long position,
        Instant at,
        String conversation,
        @Nullable String title,
        long seq,
        String id,
        String sender,
        @Nullable String username,
        @Nullable String name,
        @Nullable String body,
        @Nullable Boolean imported,
        @Nullable String replyTo,
        @Nullable List<String> mentions,
        @Nullable List<AttachedDocument> attachments,
        @Nullable Instant editedAt) {

    static Exported of(MessageDocument message, @Nullable Conversation conversation, @Nullable Person sender) {
        Long edited = message.editedAt();
        return new Exported(
                message.position(),
                Instant.ofEpochMilli(message.at()),
                message.conversation(),
                conversation == null ? null : conversation.title(),
                message.seq(),
                message.message(),
                message.sender(),
                sender == null ? null : sender.username(),
                sender == null ? null : sender.name(),
                message.body(),
                message.imported() ? true : null,
                message.replyTo(),
                message.mentions(),
                message.attachments(),
                edited == null ? null : Instant.ofEpochMilli(edited));
    }
}
