package dev.parley.query.history;

import dev.parley.messages.ConversationId;
import dev.parley.messages.Fact;
import dev.parley.messages.MessageId;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
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
import dev.parley.testing.OracleContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Messages and reactions, told the plain way: one object changed by one fact after the other. A new fact of a
/// conversation does not compile until this says what it does.
final class HistoryOracle implements OracleContract.Fold {

    private final Set<ConversationId> started = new HashSet<>();
    private final Map<String, Message> messages = new HashMap<>();
    private final Set<String> reactions = new TreeSet<>();

    /// Of one that was deleted there is left what does not change.
    private static final class Message {
        private final String said;
        private @Nullable String body;
        private List<?> mentions = List.of();
        private List<String> attached = List.of();
        private @Nullable MessageId replyTo;
        private @Nullable Object editedAt;
        private long worded;
        private long version;

        Message(String said, String body, long position) {
            this.said = said;
            this.body = body;
            this.worded = position;
            this.version = position;
        }
    }

    @Override
    public void apply(Fact fact, long position, long seq) {
        if (fact instanceof ApplicationCleared) {
            started.clear();
            messages.clear();
            reactions.clear();
        }
        if (fact instanceof ConversationStarted begun) {
            started.add(begun.conversation());
        }
        if (fact instanceof ConversationEvent event && started.contains(event.conversation())) {
            apply(event, position, seq);
        }
    }

    private void apply(ConversationEvent event, long position, long seq) {
        switch (event) {
            case MessageSent sent -> {
                Message message = new Message(said(sent.sender(), seq, position, false), sent.body(), position);
                message.mentions = sent.mentions();
                message.replyTo = sent.replyTo();
                message.attached = sent.attachments().isEmpty() ? List.of() : List.of("image/png");
                messages.put(key(event, sent.message()), message);
            }
            case MessageImported imported ->
                messages.put(
                        key(event, imported.message()),
                        new Message(said(imported.sender(), seq, position, true), imported.body(), position));
            case MessageEdited edited -> {
                Message message = living(event, edited.message());
                if (message != null) {
                    message.body = edited.body();
                    message.mentions = edited.mentions();
                    message.editedAt = edited.at().toEpochMilli();
                    message.worded = position;
                    message.version = position;
                }
            }
            case MessageDeleted deleted -> {
                Message message = living(event, deleted.message());
                if (message != null) {
                    Message left = new Message(message.said, "", message.version);
                    left.body = null;
                    left.worded = Long.parseLong(message.said.split(" ")[2]);
                    left.version = position;
                    messages.put(key(event, deleted.message()), left);
                }
            }
            case ReactionAdded added -> {
                reactions.add(key(event, added.message()) + " " + added.reaction() + " " + added.account());
                touched(event, added.message(), position);
            }
            case ReactionRemoved removed -> {
                reactions.remove(key(event, removed.message()) + " " + removed.reaction() + " " + removed.account());
                touched(event, removed.message(), position);
            }
            case ConversationStarted begun -> {}
            case ConversationRenamed renamed -> {}
            case TopicChanged changed -> {}
            case HistoryVisibilityChanged changed -> {}
            case MemberAdded added -> {}
            case MemberRemoved removed -> {}
            case MemberRoleChanged changed -> {}
            case PlayerSeated seated -> {}
        }
    }

    private @Nullable Message living(ConversationEvent event, MessageId id) {
        Message message = messages.get(key(event, id));
        return message == null || message.body == null ? null : message;
    }

    private void touched(ConversationEvent event, MessageId id, long position) {
        Message message = living(event, id);
        if (message != null) {
            message.version = position;
        }
    }

    private static String said(Object sender, long seq, long position, boolean imported) {
        return sender + " " + seq + " " + position + " " + imported;
    }

    private static String key(ConversationEvent event, MessageId message) {
        return event.conversation() + ":" + message;
    }

    /// One line for each message and reaction.
    @Override
    public Set<String> state() {
        Set<String> state = new TreeSet<>(reactions);
        messages.forEach((id, message) -> state.add(line(
                id,
                message.said,
                message.body,
                message.mentions,
                message.attached,
                message.replyTo,
                message.editedAt,
                message.worded,
                message.version,
                has(id, message),
                message.body == null ? "null" : Findable.of(message.body))));
        return state;
    }

    private List<String> has(String id, Message message) {
        List<String> has = new ArrayList<>();
        if (!message.attached.isEmpty()) {
            has.add("attachment");
        }
        if (message.body != null && message.body.contains("https://")) {
            has.add("link");
        }
        if (message.body != null && reactions.stream().anyMatch(reaction -> reaction.startsWith(id + " "))) {
            has.add("reaction");
        }
        return has;
    }

    static String line(@Nullable Object... fields) {
        return Stream.of(fields).map(Objects::toString).reduce("", (one, two) -> one + " | " + two);
    }

    /// What the bodies that stories tell are found by.
    ///
    /// @param scripts what they are written in
    /// @param parts what is indexed beside the text
    record Findable(
            String text, List<String> scripts, @Nullable String parts) {

        static Findable of(String body) {
            String number = body.replaceAll(".*\\D", "");
            List<String> latin = List.of("latin");
            if (body.startsWith("see https")) {
                return new Findable(body, latin, "example org p " + number);
            }
            if (body.startsWith("京都")) {
                return new Findable(body, List.of("han"), "京都 都");
            }
            if (body.startsWith("wi-fi")) {
                return new Findable(body, latin, "wifi qwen 3 6 3.6");
            }
            String text = body.replace("ö", "o").replace("É", "e").replace("S", "s");
            return new Findable(text, body.equals(number) ? List.of() : latin, null);
        }
    }
}
