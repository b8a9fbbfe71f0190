package dev.parley.delivery.frames;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.AccountId;
import dev.parley.messages.GameId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.Attachment;
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
import dev.parley.messages.conversation.Member;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberEvent.ConversationMuted;
import dev.parley.messages.member.MemberEvent.ConversationUnmuted;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The `event` frames of facts. Thread-safe.
public final class EventFrames {

    /// A frame is read as a whole by a device, so the members of a large conversation are not all in it.
    static final int MAX_MEMBERS = 200;

    /// What a device may know of a deleted message and its edits.
    private static final List<String> KEPT = List.of("id", "sender", "imported", "message", "messageSeq", "edit", "by");

    private static final JsonMapper TREE = JsonMapper.builder().build();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Started(String kind, @Nullable String title, AccountId by, List<MemberData> members, int memberCount) {}

    record MemberData(AccountId account, String role) {}

    record Added(AccountId account, String role, AccountId by) {}

    record Removed(AccountId account, AccountId by) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Message(
            MessageId id,
            AccountId sender,
            String body,
            @Nullable MessageId replyTo,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<AccountId> mentions,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Attachment> attachments,
            @Nullable Boolean imported) {}

    record Edited(
            MessageId message,
            long messageSeq,
            MessageId edit,
            AccountId by,
            String body,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<AccountId> mentions) {}

    record Deleted(MessageId message, long messageSeq, AccountId sender, AccountId by) {}

    record Reaction(MessageId message, long messageSeq, AccountId account, String reaction) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Renamed(@Nullable String title, AccountId by) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Topic(@Nullable String topic, AccountId by) {}

    record History(String visibility, AccountId by) {}

    /// Accounts go by id, as in every frame; the members of the conversation say who they are.
    ///
    /// @param game the lobby's `gameID`
    /// @param seat `white` or `black`: the one taken
    /// @param account who took it
    /// @param white the account that holds the seat now, absent while nobody does
    /// @param black likewise
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Game(
            GameId game,
            String seat,
            AccountId account,
            @Nullable AccountId white,
            @Nullable AccountId black) {}

    record Delivered(AccountId account, long upTo) {}

    record Read(AccountId account, long upTo) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Muted(@Nullable String until) {}

    record Unmuted() {}

    private record Named(String event, Object data) {}

    private EventFrames() {}

    /// @param seq the event's place in its conversation
    public static String encode(long position, long seq, ConversationEvent fact) {
        Named named = named(fact);
        return FrameWriter.JSON.write(new ServerFrame.Event(
                position, fact.conversation(), seq, FrameWriter.time(fact.at()), named.event(), named.data()));
    }

    /// A fact about a member has no `seq`.
    public static String encode(long position, MemberEvent fact) {
        Named named = named(fact);
        return FrameWriter.JSON.write(new ServerFrame.Event(
                position, fact.conversation(), null, FrameWriter.time(fact.at()), named.event(), named.data()));
    }

    /// The frame of a message or an edit whose message was deleted: only what is named here is left of its data, so
    /// that no content slips through that is added later.
    public static String redacted(String frame) {
        ObjectNode event = (ObjectNode) TREE.readTree(frame);
        ObjectNode data = (ObjectNode) event.get("data");
        data.retain(KEPT);
        data.put("deleted", true);
        return TREE.writeValueAsString(event);
    }

    private static Named named(ConversationEvent fact) {
        return switch (fact) {
            case ConversationStarted started -> new Named("conversation", started(started));
            case MemberAdded added ->
                new Named("member-added", new Added(added.account(), text(added.role()), added.by()));
            case MemberRemoved removed -> new Named("member-removed", new Removed(removed.account(), removed.by()));
            case PlayerSeated seated ->
                new Named(
                        "game",
                        new Game(seated.game(), text(seated.seat()), seated.account(), seated.white(), seated.black()));
            case MessageSent sent ->
                new Named(
                        "message",
                        new Message(
                                sent.message(),
                                sent.sender(),
                                sent.body(),
                                sent.replyTo(),
                                sent.mentions(),
                                sent.attachments(),
                                null));
            case MessageEdited edited ->
                new Named(
                        "message-edited",
                        new Edited(
                                edited.message(),
                                edited.messageSeq(),
                                edited.edit(),
                                edited.by(),
                                edited.body(),
                                edited.mentions()));
            case MessageDeleted deleted ->
                new Named(
                        "message-deleted",
                        new Deleted(deleted.message(), deleted.messageSeq(), deleted.sender(), deleted.by()));
            case ReactionAdded added ->
                new Named(
                        "reaction-added",
                        new Reaction(added.message(), added.messageSeq(), added.account(), added.reaction()));
            case ReactionRemoved removed ->
                new Named(
                        "reaction-removed",
                        new Reaction(removed.message(), removed.messageSeq(), removed.account(), removed.reaction()));
            case MemberRoleChanged changed ->
                new Named("member-role", new Added(changed.account(), text(changed.role()), changed.by()));
            case ConversationRenamed renamed -> new Named("renamed", new Renamed(renamed.title(), renamed.by()));
            case TopicChanged changed -> new Named("topic", new Topic(changed.topic(), changed.by()));
            case HistoryVisibilityChanged changed ->
                new Named("history", new History(text(changed.visibility()), changed.by()));
            case MessageImported imported ->
                new Named(
                        "message",
                        new Message(
                                imported.message(),
                                imported.sender(),
                                imported.body(),
                                null,
                                List.of(),
                                List.of(),
                                true));
        };
    }

    private static Named named(MemberEvent fact) {
        return switch (fact) {
            case MessagesDelivered delivered ->
                new Named("delivered", new Delivered(delivered.account(), delivered.seq()));
            case MessagesRead read -> new Named("read", new Read(read.account(), read.seq()));
            case ConversationMuted muted ->
                new Named("muted", new Muted(muted.until() == null ? null : FrameWriter.time(muted.until())));
            case ConversationUnmuted unmuted -> new Named("unmuted", new Unmuted());
        };
    }

    private static Started started(ConversationStarted fact) {
        List<MemberData> members = fact.members().stream()
                .limit(MAX_MEMBERS)
                .map((Member member) -> new MemberData(member.account(), text(member.role())))
                .toList();
        return new Started(
                text(fact.kind()),
                fact.title(),
                fact.by(),
                members,
                fact.members().size());
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
