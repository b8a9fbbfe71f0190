package dev.parley.query.history;

import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.query.batch.Storable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.elasticsearch.annotations.Document;
import org.springframework.data.elasticsearch.annotations.WriteTypeHint;

/// One message in Elasticsearch, as it is after the last fact about it, whose position is the document's external
/// version:
///
/// ```json
/// _id "<conversation>:<message>"
/// {"message": "…", "conversation": "…", "sender": "…", "at": 1767323045678, "seq": 4, "position": 123,
///  "imported": false, "body": "Grüße!", "text": "grusse!",
///  "replyTo": "…", "mentions": ["…"], "attachments": [{"name": "…", …}],
///  "editedAt": 1767323099999, "deleted": true, "version": 130}
/// ```
///
/// The id holds the conversation too, because a message's id is its sender's choice: otherwise a member of one
/// conversation could overwrite a message in another. What a message does not have is absent; one that was deleted has
/// neither body, text, mentions, attachments nor what it answers.
///
/// @param text the [folded](Folding) body, indexed; null where it is not fetched
/// @param parts its [parts](Segments), indexed; null where it is not fetched
/// @param at milliseconds since 1970
/// @param editedAt likewise
/// @param position where it was said
/// @param version position of the last fact that is in here; null for the one that said it
@Document(
        indexName = MessageIndex.ALIAS,
        createIndex = false,
        versionType = Document.VersionType.EXTERNAL,
        writeTypeHint = WriteTypeHint.FALSE,
        storeIdInSource = false)
public record MessageDocument(
        @Id String id,
        String message,
        String conversation,
        String sender,
        @Nullable String body,
        @Nullable String text,
        @Nullable String parts,
        long at,
        long seq,
        long position,
        boolean imported,
        @Nullable String replyTo,
        @Nullable List<String> mentions,
        @Nullable List<AttachedDocument> attachments,
        @Nullable Long editedAt,
        @Nullable Boolean deleted,
        @Nullable Long version) {

    static MessageDocument of(MessageSent sent, long position, long seq) {
        String body = Storable.text(sent.body());
        return new MessageDocument(
                MessageKey.of(sent.conversation(), sent.message()),
                sent.message().toString(),
                sent.conversation().toString(),
                sent.sender().toString(),
                body,
                Folding.fold(body),
                Segments.parts(Folding.fold(body)),
                sent.at().toEpochMilli(),
                seq,
                position,
                false,
                text(sent.replyTo()),
                texts(sent.mentions()),
                sent.attachments().isEmpty()
                        ? null
                        : sent.attachments().stream().map(AttachedDocument::of).toList(),
                null,
                null,
                null);
    }

    static MessageDocument of(MessageImported imported, long position, long seq) {
        String body = Storable.text(imported.body());
        return new MessageDocument(
                MessageKey.of(imported.conversation(), imported.message()),
                imported.message().toString(),
                imported.conversation().toString(),
                imported.sender().toString(),
                body,
                Folding.fold(body),
                Segments.parts(Folding.fold(body)),
                imported.at().toEpochMilli(),
                seq,
                position,
                true,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /// The last fact that is in here.
    long lastPosition() {
        return version == null ? position : version;
    }

    boolean isDeleted() {
        return deleted != null && deleted;
    }

    MessageDocument after(MessageEdited edited, long factPosition) {
        String said = Storable.text(edited.body());
        return new MessageDocument(
                id,
                message,
                conversation,
                sender,
                said,
                Folding.fold(said),
                Segments.parts(Folding.fold(said)),
                at,
                seq,
                position,
                imported,
                replyTo,
                texts(edited.mentions()),
                attachments,
                edited.at().toEpochMilli(),
                null,
                factPosition);
    }

    /// Who deleted it when is for auditors.
    MessageDocument after(MessageDeleted ignored, long factPosition) {
        return new MessageDocument(
                id,
                message,
                conversation,
                sender,
                null,
                null,
                null,
                at,
                seq,
                position,
                imported,
                null,
                null,
                null,
                null,
                true,
                factPosition);
    }

    private static @Nullable String text(@Nullable MessageId id) {
        return id == null ? null : id.toString();
    }

    private static @Nullable List<String> texts(List<?> ids) {
        return ids.isEmpty() ? null : ids.stream().map(Object::toString).toList();
    }
}
