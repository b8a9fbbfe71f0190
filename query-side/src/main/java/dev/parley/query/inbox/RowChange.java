package dev.parley.query.inbox;

import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationRenamed;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.HistoryVisibilityChanged;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MemberRoleChanged;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationEvent.PlayerSeated;
import dev.parley.messages.conversation.ConversationEvent.ReactionAdded;
import dev.parley.messages.conversation.ConversationEvent.ReactionRemoved;
import dev.parley.messages.conversation.ConversationEvent.TopicChanged;
import dev.parley.messages.conversation.HistoryVisibility;
import dev.parley.query.batch.Storable;
import dev.parley.query.inbox.ConversationRow.Counted;
import dev.parley.query.inbox.ConversationRow.LastMessage;
import dev.parley.query.inbox.ConversationRow.Latest;
import dev.parley.query.inbox.ConversationRow.Place;
import dev.parley.query.inbox.ConversationRow.Settings;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What one fact makes of its conversation's row.
final class RowChange {

    /// Code points of a message that the inbox shows.
    private static final int EXCERPT = 200;

    private RowChange() {}

    static ConversationRow started(ConversationStarted started, Latest latest) {
        return new ConversationRow(
                started.conversation(),
                started.kind(),
                new Settings(storable(started.title()), null, HistoryVisibility.SINCE_JOINING),
                latest.position(),
                latest,
                null,
                new Counted(0, 0, false));
    }

    static ConversationRow after(ConversationRow before, ConversationEvent event, Latest latest) {
        ConversationRow row = before.after(latest);
        Settings settings = row.settings();
        Counted counted = row.counted();
        return switch (event) {
            case ConversationRenamed renamed ->
                row.with(new Settings(storable(renamed.title()), settings.topic(), settings.history()));
            case TopicChanged changed ->
                row.with(new Settings(settings.title(), storable(changed.topic()), settings.history()));
            case HistoryVisibilityChanged changed ->
                row.with(new Settings(settings.title(), settings.topic(), changed.visibility()));
            case MessageSent sent ->
                row.with(new LastMessage(
                                sent.message(),
                                sent.sender(),
                                excerpt(sent.body()),
                                sent.attachments().size(),
                                new Place(latest.position(), latest.seq()),
                                sent.at()))
                        .with(new Counted(counted.sent() + 1, counted.imported(), true));
            case MessageImported imported ->
                row.with(new LastMessage(
                                imported.message(),
                                imported.sender(),
                                excerpt(imported.body()),
                                0,
                                new Place(latest.position(), latest.seq()),
                                imported.at()))
                        .with(new Counted(counted.sent(), counted.imported() + 1, false));
            case MessageEdited edited -> last(row, edited.message(), last -> last.edited(excerpt(edited.body())));
            case MessageDeleted deleted -> last(row, deleted.message(), LastMessage::deleted);
            case ConversationStarted started -> row;
            case MemberAdded added -> row;
            case MemberRemoved removed -> row;
            case MemberRoleChanged changed -> row;
            case PlayerSeated seated -> row;
            case ReactionAdded added -> row;
            case ReactionRemoved removed -> row;
        };
    }

    private static ConversationRow last(ConversationRow row, MessageId message, UnaryOperator<LastMessage> change) {
        LastMessage last = row.lastMessage();
        return last == null || !last.id().equals(message) ? row : row.with(change.apply(last));
    }

    private static String excerpt(String body) {
        int end =
                body.codePointCount(0, body.length()) <= EXCERPT ? body.length() : body.offsetByCodePoints(0, EXCERPT);
        return Storable.text(body.substring(0, end));
    }

    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : Storable.text(text);
    }
}
