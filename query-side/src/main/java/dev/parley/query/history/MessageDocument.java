package dev.parley.query.history;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.query.batch.Storable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.elasticsearch.annotations.Document;
import org.springframework.data.elasticsearch.annotations.WriteTypeHint;

/// One message in Elasticsearch, its [position](#position) the document's external version:
///
/// ```json
/// _id "<conversation>:<message>"
/// {"message": "…", "conversation": "…", "sender": "…", "body": "Grüße!", "text": "grusse!",
///  "at": 1767323045678, "seq": 4, "position": 123, "imported": false}
/// ```
///
/// The id holds the conversation too, because a message's id is its sender's choice: otherwise a member of one
/// conversation could overwrite a message in another.
///
/// @param text the [folded](Folding) body, indexed; null where it is not fetched
/// @param at milliseconds since 1970
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
        String body,
        @Nullable String text,
        long at,
        long seq,
        long position,
        boolean imported) {

    static MessageDocument of(MessageSent sent, long position, long seq) {
        return new Said(sent.conversation(), sent.message(), sent.sender(), sent.body(), sent.at())
                .document(position, seq, false);
    }

    static MessageDocument of(MessageImported imported, long position, long seq) {
        return new Said(imported.conversation(), imported.message(), imported.sender(), imported.body(), imported.at())
                .document(position, seq, true);
    }

    private record Said(ConversationId conversation, MessageId message, AccountId sender, String body, Instant at) {

        MessageDocument document(long position, long seq, boolean imported) {
            String storable = Storable.text(body);
            return new MessageDocument(
                    conversation + ":" + message,
                    message.toString(),
                    conversation.toString(),
                    sender.toString(),
                    storable,
                    Folding.fold(storable),
                    at.toEpochMilli(),
                    seq,
                    position,
                    imported);
        }
    }
}
