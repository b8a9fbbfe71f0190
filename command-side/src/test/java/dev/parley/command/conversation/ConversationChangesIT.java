package dev.parley.command.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.Caller;
import dev.parley.command.Caller.Answer;
import dev.parley.command.RealParts;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

/// Everything that changes in conversations, over HTTP, the unmodified connector and the real node.
class ConversationChangesIT {

    private static final String CONVERSATIONS = "/api/v1/conversations";
    private static final String SUM = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private final ApplicationContext commandSide = RealParts.commandSide();
    private final EventStore store = commandSide.getBean(EventStore.class);
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private Caller alice;
    private Caller bob;

    @BeforeEach
    void register() {
        alice = Caller.register(commandSide, "alice-" + suffix);
        bob = Caller.register(commandSide, "bob-" + suffix);
    }

    @Test
    void aPairThatStartsAtOnceHasOneConversation() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        Callable<Answer> one = () -> startAtOnce(both, alice, bob);
        Callable<Answer> other = () -> startAtOnce(both, bob, alice);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = threads.invokeAll(List.of(one, other));
            Answer first = answers.getFirst().get();
            Answer second = answers.getLast().get();
            assertThat(List.of(first.status(), second.status())).containsExactlyInAnyOrder(200, 201);
            assertThat(first.json()).isEqualTo(second.json());
            assertThat(store.lastSequenceNumberFor(first.json().path("id").asString()))
                    .hasValue(0L);
        }
    }

    @Test
    void everythingCanBeDoneOverHttp() {
        String group = group(Map.of("history", "all"));
        assertWritten(204, alice.call("PATCH", group, changes("title", "More tea", "topic", "Leaves")));
        assertWritten(204, alice.call("PATCH", group, changes("topic", null, "history", "since-joining")));
        assertWritten(204, alice.call("PUT", group + "/members/" + bob.username(), Map.of("role", "admin")));
        String first = send(alice, group, Map.of("body", "hi"));
        String second = send(bob, group, full(first));
        String message = group + "/messages/" + second;
        Map<String, Object> edit = Map.of("id", newId().toString(), "body", "look!", "mentions", List.of());
        Answer edited = bob.call("PATCH", message, edit);
        assertWritten(200, edited);
        assertThat(edited.json().path("id").asString()).isEqualTo(edit.get("id"));
        assertThat(bob.call("PATCH", message, edit).json()).isEqualTo(edited.json());
        String reaction = message + "/reactions/" + URLEncoder.encode("👍🏽", StandardCharsets.UTF_8);
        Answer reacted = alice.call("PUT", reaction, null);
        assertWritten(200, reacted);
        assertThat(reacted.json().path("id").asString()).isEqualTo(second);
        assertThat(alice.call("PUT", reaction, null).json().path("seq"))
                .isEqualTo(reacted.json().path("seq"));
        assertWritten(200, alice.call("DELETE", reaction, null));
        assertWritten(200, alice.call("DELETE", message, null));
        assertThat(code(bob.call("PATCH", message, Map.of("id", newId().toString(), "body", "gone?"))))
                .isEqualTo("message-deleted");
        String me = group + "/members/" + alice.username() + "?successor=" + bob.account();
        assertWritten(204, alice.call("DELETE", me, null));
        assertThat(code(alice.call("PATCH", group, changes("title", "x")))).isEqualTo("not-a-member");
        assertThat(facts(group))
                .containsExactly(
                        "ConversationStarted",
                        "HistoryVisibilityChanged",
                        "ConversationRenamed",
                        "TopicChanged",
                        "HistoryVisibilityChanged",
                        "TopicChanged",
                        "MemberRoleChanged",
                        "MessageSent",
                        "MessageSent",
                        "MessageEdited",
                        "ReactionAdded",
                        "ReactionRemoved",
                        "MessageDeleted",
                        "MemberRoleChanged",
                        "MemberRemoved");
    }

    /// The thousand come in behind the back of the cached aggregate, which has to be found out first.
    @Test
    void aMessageOutOfTheWindowIsDeletedByItsPlace() {
        String group = group(Map.of());
        String old = send(bob, group, Map.of("body", "long ago"));
        List<GenericDomainEventMessage<?>> thousand = new ArrayList<>();
        for (int i = 0; i < RecentMessages.CAPACITY; i++) {
            MessageSent sent = new MessageSent(
                    conversation(group), newId(), AccountId.of(alice.account()), "later", Instant.now());
            thousand.add(new GenericDomainEventMessage<>("Conversation", id(group), 2 + i, sent));
        }
        store.publish(thousand);
        String message = group + "/messages/" + old;
        assertThat(code(bob.call("DELETE", message, null))).isEqualTo("message-too-old");
        assertThat(code(bob.call("DELETE", message + "?seq=0", null))).isEqualTo("not-found");
        assertThat(code(bob.call("DELETE", message + "?seq=2", null))).isEqualTo("not-found");
        assertThat(code(bob.call("DELETE", message + "?seq=5000", null))).isEqualTo("not-found");
        Answer deleted = bob.call("DELETE", message + "?seq=1", null);
        assertWritten(200, deleted);
        long seq = deleted.json().path("seq").asLong();
        assertThat(seq).isEqualTo(2L + RecentMessages.CAPACITY);
        MessageDeleted fact =
                (MessageDeleted) store.readEvents(id(group), seq).next().getPayload();
        assertThat(fact.messageSeq()).isEqualTo(1);
        assertThat(fact.sender().toString()).isEqualTo(bob.account());
    }

    @Test
    void whatIsWrongIsNamed() {
        String group = group(Map.of());
        assertThat(code(alice.call("PATCH", group, Map.of()))).isEqualTo("invalid");
        assertThat(field(alice.call("PATCH", group, changes("title", "fine", "topic", " "))))
                .isEqualTo("topic");
        assertThat(field(alice.call("PATCH", group, Map.of("history", "some")))).isEqualTo("history");
        assertThat(code(bob.call("PATCH", group, Map.of("title", "mine")))).isEqualTo("forbidden");
        String member = group + "/members/" + bob.username();
        assertThat(field(alice.call("PUT", member, Map.of("role", "king")))).isEqualTo("role");
        assertThat(field(alice.call("PUT", member, Map.of()))).isEqualTo("role");
        String leave = group + "/members/" + alice.username() + "?successor=nobody-" + suffix;
        assertThat(field(alice.call("DELETE", leave, null))).isEqualTo("successor");
        assertThat(field(post(group, Map.of("body", "x", "replyTo", "y")))).isEqualTo("replyTo");
        assertThat(field(post(group, Map.of("body", "x", "mentions", List.of("y")))))
                .isEqualTo("mentions");
        assertThat(field(post(group, Map.of("body", "x", "mentions", List.of(UUID.randomUUID())))))
                .isEqualTo("mentions");
        assertThat(field(post(group, attachment("uri", "no uri")))).isEqualTo("attachments[0].uri");
        assertThat(field(post(group, attachment("sha256", "00")))).isEqualTo("attachments[0].sha256");
        assertThat(field(post(group, attachment("size", null)))).isEqualTo("attachments[0].size");
        assertThat(field(alice.call("PATCH", group + "/messages/x", Map.of("id", newId(), "body", "x"))))
                .isEqualTo("message");
        assertThat(field(alice.call("PATCH", group + "/messages/" + newId(), Map.of("id", "x", "body", "x"))))
                .isEqualTo("id");
        assertThat(code(alice.call("PUT", group + "/messages/" + newId() + "/reactions/x", null)))
                .isEqualTo("not-found");
        assertThat(facts(group)).containsExactly("ConversationStarted");
    }

    private static Answer startAtOnce(CyclicBarrier both, Caller starter, Caller other) throws Exception {
        both.await();
        return starter.call("POST", CONVERSATIONS, Map.of("kind", "direct", "members", List.of(other.username())));
    }

    /// @return its path
    private String group(Map<String, Object> more) {
        Map<String, Object> wanted = new HashMap<>(more);
        wanted.putAll(Map.of("kind", "group", "title", "Tea", "members", List.of(bob.username())));
        Answer answer = alice.call("POST", CONVERSATIONS, wanted);
        assertWritten(201, answer);
        return CONVERSATIONS + "/" + answer.json().path("id").asString();
    }

    private static String send(Caller sender, String group, Map<String, Object> message) {
        Map<String, Object> whole = new HashMap<>(message);
        whole.put("id", newId().toString());
        assertWritten(201, sender.call("POST", group + "/messages", whole));
        return whole.get("id").toString();
    }

    private Answer post(String group, Map<String, Object> message) {
        Map<String, Object> whole = new HashMap<>(message);
        whole.put("id", newId().toString());
        return alice.call("POST", group + "/messages", whole);
    }

    private Map<String, Object> full(String replyTo) {
        Map<String, Object> message = new HashMap<>(attachment("name", "tea.png"));
        message.put("body", "look");
        message.put("replyTo", replyTo);
        message.put("mentions", List.of(alice.account()));
        return message;
    }

    private static Map<String, Object> attachment(String field, Object value) {
        Map<String, Object> attachment = new HashMap<>(Map.of(
                "name", "tea.png",
                "mediaType", "image/png",
                "size", 48_213,
                "sha256", SUM,
                "uri", "https://files.example.org/tea.png"));
        attachment.put(field, value);
        return Map.of("attachments", List.of(attachment));
    }

    private static Map<String, Object> changes(String... namesAndValues) {
        Map<String, Object> changes = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            changes.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return changes;
    }

    private List<String> facts(String group) {
        return store.readEvents(id(group), 0)
                .asStream()
                .map(event -> (ConversationEvent) event.getPayload())
                .map(fact -> fact.getClass().getSimpleName())
                .toList();
    }

    private static String id(String group) {
        return Arrays.asList(group.split("/")).getLast();
    }

    private static ConversationId conversation(String group) {
        return ConversationId.of(id(group));
    }

    private static MessageId newId() {
        return MessageId.at(System.currentTimeMillis(), UUID.randomUUID());
    }

    private static void assertWritten(int status, Answer answer) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(status);
        assertThat(answer.response().headers().firstValueAsLong("Parley-Position"))
                .isPresent();
    }

    private static String code(Answer answer) {
        return answer.json().path("code").asString();
    }

    private static String field(Answer answer) {
        return answer.json().path("field").asString();
    }
}
