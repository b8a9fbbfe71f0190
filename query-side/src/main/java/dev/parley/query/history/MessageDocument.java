package dev.parley.query.history;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
///  "imported": false, "body": "Grüße aus node.js!", "text": "grusse aus node.js!", "parts": "node js",
///  "has": ["attachment", "link", "reaction"], "scripts": ["latin"], "attached": ["image/png"],
///  "replyTo": "…", "mentions": ["…"], "attachments": [{"name": "…", …}],
///  "editedAt": 1767323099999, "changed": 130, "deleted": true, "version": 131}
/// ```
///
/// The id holds the conversation too, because a message's id is its sender's choice: otherwise a member of one
/// conversation could overwrite a message in another. What a message does not have is absent; one that was deleted has
/// neither body nor anything that was made of it, mentions, attachments, reactions nor what it answers.
///
/// @param text the [folded](Folding) body, indexed; null where it is not fetched
/// @param parts what [Segments] makes findable beside it
/// @param has [#LINK], [#ATTACHMENT], and [#REACTION] while there is one
/// @param scripts what it is written in, see [Scripts]
/// @param attached the media types of what it carries, each once
/// @param at milliseconds since 1970
/// @param editedAt likewise
/// @param position where it was said
/// @param changed position of the last edit; null without one, and for one of before there was this field
/// @param version position of the last fact that is in here, a reaction's too; null for the one that said it
@Document(
        indexName = MessageIndex.ALIAS,
        createIndex = false,
        versionType = Document.VersionType.EXTERNAL,
        writeTypeHint = WriteTypeHint.FALSE,
        storeIdInSource = false)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageDocument(
        @Id @JsonIgnore String id,
        String message,
        String conversation,
        String sender,
        @Nullable String body,
        @Nullable String text,
        @Nullable String parts,
        @Nullable List<String> has,
        @Nullable List<String> scripts,
        @Nullable List<String> attached,
        long at,
        long seq,
        long position,
        boolean imported,
        @Nullable String replyTo,
        @Nullable List<String> mentions,
        @Nullable List<AttachedDocument> attachments,
        @Nullable Long editedAt,
        @Nullable Long changed,
        @Nullable Boolean deleted,
        @Nullable Long version) {

    public static final String LINK = "link";
    public static final String ATTACHMENT = "attachment";
    public static final String REACTION = "reaction";

    static MessageDocument of(MessageSent sent, long position, long seq) {
        Wording wording = Wording.of(sent.body());
        List<AttachedDocument> attachments =
                sent.attachments().stream().map(AttachedDocument::of).toList();
        return new MessageDocument(
                MessageKey.of(sent.conversation(), sent.message()),
                sent.message().toString(),
                sent.conversation().toString(),
                sent.sender().toString(),
                wording.body(),
                wording.text(),
                wording.parts(),
                has(wording, !attachments.isEmpty(), false),
                wording.scripts(),
                none(attachments.stream()
                        .map(AttachedDocument::plainMediaType)
                        .distinct()
                        .toList()),
                sent.at().toEpochMilli(),
                seq,
                position,
                false,
                text(sent.replyTo()),
                texts(sent.mentions()),
                none(attachments),
                null,
                null,
                null,
                null);
    }

    static MessageDocument of(MessageImported imported, long position, long seq) {
        Wording wording = Wording.of(imported.body());
        return new MessageDocument(
                MessageKey.of(imported.conversation(), imported.message()),
                imported.message().toString(),
                imported.conversation().toString(),
                imported.sender().toString(),
                wording.body(),
                wording.text(),
                wording.parts(),
                has(wording, false, false),
                wording.scripts(),
                null,
                imported.at().toEpochMilli(),
                seq,
                position,
                true,
                null,
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

    /// The fact that made it read as it does.
    long wordedAt() {
        if (changed != null) {
            return changed;
        }
        return editedAt == null ? position : lastPosition();
    }

    boolean isDeleted() {
        return deleted != null && deleted;
    }

    private boolean isReactedTo() {
        return has != null && has.contains(REACTION);
    }

    MessageDocument after(MessageEdited edited, long factPosition) {
        Wording wording = Wording.of(edited.body());
        return new MessageDocument(
                id,
                message,
                conversation,
                sender,
                wording.body(),
                wording.text(),
                wording.parts(),
                has(wording, attachments != null, isReactedTo()),
                wording.scripts(),
                attached,
                at,
                seq,
                position,
                imported,
                replyTo,
                texts(edited.mentions()),
                attachments,
                edited.at().toEpochMilli(),
                factPosition,
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
                null,
                true,
                factPosition);
    }

    /// @param reacted whether there is a reaction after that fact
    MessageDocument afterReaction(boolean reacted, long factPosition) {
        List<String> others = has == null
                ? List.of()
                : has.stream().filter(thing -> !thing.equals(REACTION)).toList();
        return new MessageDocument(
                id,
                message,
                conversation,
                sender,
                body,
                text,
                parts,
                none(
                        reacted
                                ? Stream.concat(others.stream(), Stream.of(REACTION))
                                        .toList()
                                : others),
                scripts,
                attached,
                at,
                seq,
                position,
                imported,
                replyTo,
                mentions,
                attachments,
                editedAt,
                editedAt == null ? null : (Long) wordedAt(),
                deleted,
                factPosition);
    }

    private static @Nullable List<String> has(Wording wording, boolean attachment, boolean reaction) {
        List<String> has = new ArrayList<>();
        if (attachment) {
            has.add(ATTACHMENT);
        }
        if (wording.link()) {
            has.add(LINK);
        }
        if (reaction) {
            has.add(REACTION);
        }
        return none(has);
    }

    private static @Nullable String text(@Nullable MessageId id) {
        return id == null ? null : id.toString();
    }

    private static @Nullable List<String> texts(List<?> ids) {
        return none(ids.stream().map(Object::toString).toList());
    }

    /// What is empty is absent.
    private static <T> @Nullable List<T> none(List<T> list) {
        return list.isEmpty() ? null : list;
    }
}
