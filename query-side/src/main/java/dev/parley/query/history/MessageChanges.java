package dev.parley.query.history;

import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationEvent.ReactionAdded;
import dev.parley.messages.conversation.ConversationEvent.ReactionRemoved;
import dev.parley.query.batch.Recorded;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a batch of facts makes of messages' documents. Edits and deletions need the document as it is: all that the
/// batch does not hold itself are fetched in one request, and each that changes is written whole, once a batch, with
/// the position of its last fact as its external version. No script runs in Elasticsearch, which may have none.
///
/// Why it is right in any replay: a document with version v holds every fact about its message up to v, because facts
/// come in the order of the store and this class applies all of them, to what was said in the same batch or to what was
/// fetched. That holds for what it writes if it holds for what it fetches, whose version tells which facts to pass
/// over; and a write with a version that is not higher is refused. So documents only go forward, whoever repeats which
/// batch, in whatever pieces: a message that was deleted stays so when the fact that it was sent comes again, and an
/// edit after a deletion changes nothing.
///
/// Of reactions a document knows only whether there are any, which [ReactionTable] knows after the batch. So each fact
/// about one is applied as if it were the last one of the batch, and the last one says what is so.
///
/// Gets read what was written at once, without a refresh. Not thread-safe.
final class MessageChanges {

    private final List<Recorded<ConversationEvent>> facts;
    private final Set<String> reactedTo;
    private final Map<String, MessageDocument> documents = new HashMap<>();
    private final Map<String, MessageDocument> changed = new LinkedHashMap<>();

    /// @param reactedTo which of the documents whose reactions these facts are about have any after them
    MessageChanges(List<Recorded<ConversationEvent>> facts, Set<String> reactedTo) {
        this.facts = facts;
        this.reactedTo = reactedTo;
    }

    /// The documents to fetch: of messages that change and are not said here before that.
    Set<String> needed() {
        Set<String> said = new LinkedHashSet<>();
        Set<String> needed = new LinkedHashSet<>();
        for (Recorded<ConversationEvent> recorded : facts) {
            ConversationId conversation = recorded.fact().conversation();
            if (recorded.fact() instanceof MessageSent sent) {
                said.add(MessageKey.of(conversation, sent.message()));
            } else if (recorded.fact() instanceof MessageImported imported) {
                said.add(MessageKey.of(conversation, imported.message()));
            } else if (target(recorded.fact()) instanceof MessageId message) {
                needed.add(MessageKey.of(conversation, message));
            }
        }
        needed.removeAll(said);
        return needed;
    }

    /// The documents to write.
    ///
    /// @param fetched those of [#needed] that there are; what is said of another is passed over
    Collection<MessageDocument> apply(Collection<MessageDocument> fetched) {
        fetched.forEach(document -> documents.put(document.id(), document));
        for (Recorded<ConversationEvent> recorded : facts) {
            apply(recorded.fact(), recorded.position(), recorded.seq());
        }
        return changed.values();
    }

    private void apply(ConversationEvent fact, long position, long seq) {
        if (fact instanceof MessageSent sent) {
            put(MessageDocument.of(sent, position, seq));
        } else if (fact instanceof MessageImported imported) {
            put(MessageDocument.of(imported, position, seq));
        } else if (fact instanceof MessageEdited edited) {
            change(fact, edited.message(), position, document -> document.after(edited, position));
        } else if (fact instanceof MessageDeleted deleted) {
            change(fact, deleted.message(), position, document -> document.after(deleted, position));
        } else if (target(fact) instanceof MessageId message) {
            boolean reacted = reactedTo.contains(MessageKey.of(fact.conversation(), message));
            change(fact, message, position, document -> document.afterReaction(reacted, position));
        }
    }

    private void change(
            ConversationEvent fact, MessageId message, long position, UnaryOperator<MessageDocument> change) {
        MessageDocument document = documents.get(MessageKey.of(fact.conversation(), message));
        if (document != null && position > document.lastPosition() && !document.isDeleted()) {
            put(change.apply(document));
        }
    }

    private void put(MessageDocument document) {
        documents.put(document.id(), document);
        changed.put(document.id(), document);
    }

    private static @Nullable MessageId target(ConversationEvent fact) {
        return switch (fact) {
            case MessageEdited edited -> edited.message();
            case MessageDeleted deleted -> deleted.message();
            case ReactionAdded added -> added.message();
            case ReactionRemoved removed -> removed.message();
            default -> null;
        };
    }
}
