package dev.parley.command.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.Caller;
import dev.parley.command.Caller.Answer;
import dev.parley.command.RealParts;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

/// Conversations over HTTP, the unmodified connector and the real node.
class ConversationsIT {

    private final ApplicationContext commandSide = RealParts.commandSide();
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private Caller alice;
    private Caller bob;

    @BeforeEach
    void register() {
        alice = Caller.register(commandSide, "alice-" + suffix);
        bob = Caller.register(commandSide, "bob-" + suffix);
    }

    @Test
    void aMessageIsAcceptedOnceHoweverOftenItIsSent() {
        String group = group();
        Map<String, String> message = message("hi");
        Answer first = alice.call("POST", messages(group), message);
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.json().path("seq").asLong()).isEqualTo(1);
        assertThat(Instant.parse(first.json().path("at").asString())).isBeforeOrEqualTo(Instant.now());
        assertThat(first.response().headers().firstValueAsLong("Parley-Position"))
                .isPresent();
        assertThat(alice.call("POST", messages(group), message).json()).isEqualTo(first.json());
        assertThat(code(alice.call("POST", messages(group), Map.of("id", message.get("id"), "body", "ho"))))
                .isEqualTo("message-id-reused");
    }

    @Test
    void aPairHasOneConversation() {
        Answer first = alice.call("POST", "/api/v1/conversations", direct(bob));
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.json().path("members").size()).isEqualTo(2);
        Answer second = bob.call("POST", "/api/v1/conversations", direct(alice));
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json()).isEqualTo(first.json());
    }

    @Test
    void membersComeAndGo() {
        Caller carol = Caller.register(commandSide, "carol-" + suffix);
        String group = group();
        assertThat(code(carol.call("POST", messages(group), message("let me in"))))
                .isEqualTo("not-a-member");
        String members = "/api/v1/conversations/" + group + "/members";
        assertThat(alice.call("POST", members, Map.of("username", carol.username(), "role", "reader"))
                        .status())
                .isEqualTo(204);
        assertThat(code(carol.call("POST", messages(group), message("I only read"))))
                .isEqualTo("forbidden");
        assertThat(carol.call("DELETE", members + "/" + carol.username(), null).status())
                .isEqualTo(204);
        assertThat(code(alice.call("DELETE", members + "/" + carol.username(), null)))
                .isEqualTo("not-found");
    }

    @Test
    void whatIsWrongIsNamed() {
        String group = group();
        assertThat(field(alice.call("POST", messages(group), Map.of("body", "x"))))
                .isEqualTo("id");
        assertThat(field(alice.call("POST", messages(group), Map.of("id", UUID.randomUUID(), "body", "x"))))
                .isEqualTo("id");
        assertThat(field(alice.call("POST", messages(group), message(" ")))).isEqualTo("body");
        assertThat(code(alice.call("POST", messages(group), message("x".repeat(16_385)))))
                .isEqualTo("too-large");
        assertThat(code(alice.call("POST", messages(UUID.randomUUID().toString()), message("x"))))
                .isEqualTo("not-found");
        assertThat(code(alice.call("POST", messages("nonsense"), message("x")))).isEqualTo("not-found");
        Answer unknown =
                alice.call("POST", "/api/v1/conversations", Map.of("kind", "group", "members", List.of("nobody here")));
        assertThat(code(unknown)).isEqualTo("not-found");
        assertThat(field(unknown)).isEqualTo("members");
        assertThat(field(alice.call("POST", "/api/v1/conversations", Map.of("kind", "crowd", "members", List.of()))))
                .isEqualTo("kind");
        assertThat(field(alice.call("POST", "/api/v1/conversations", Map.of("kind", "game", "members", List.of()))))
                .isEqualTo("kind");
        assertThat(field(alice.call("POST", "/api/v1/conversations", direct(alice))))
                .isEqualTo("members");
        assertThat(code(Caller.nobody(commandSide).call("POST", messages(group), message("x"))))
                .isEqualTo("unauthenticated");
    }

    /// The aggregate in the cache does not know of an event that came in another way: the store refuses the append,
    /// the aggregate is read anew and the command decided again.
    @Test
    void aStaleAggregateIsFoundOutAndTheMessageSentAllTheSame() {
        String group = group();
        alice.call("POST", messages(group), message("one"));
        ConversationId id = ConversationId.of(group);
        MessageSent behindItsBack = new MessageSent(id, newId(), AccountId.of(bob.account()), "two", Instant.now());
        commandSide
                .getBean(EventStore.class)
                .publish(new GenericDomainEventMessage<>("Conversation", group, 2, behindItsBack));
        Answer third = alice.call("POST", messages(group), message("three"));
        assertThat(third.status()).isEqualTo(201);
        assertThat(third.json().path("seq").asLong()).isEqualTo(3);
    }

    @Test
    void archivesAreTakenOverOnce() {
        Caller admin = alice.asAdmin();
        String path = "/api/v1/admin/imports/irc-" + suffix;
        assertThat(code(bob.call("POST", path, null))).isEqualTo("forbidden");
        Answer opened = admin.call("POST", path, Map.of("title", "IRC"));
        assertThat(opened.status()).isEqualTo(201);
        assertThat(admin.call("POST", path, null).json()).isEqualTo(opened.json());
        String nick = admin.call("POST", path + "/accounts", Map.of("nicks", List.of("Zed")))
                .json()
                .at("/accounts/Zed")
                .asString();
        Map<String, Object> batch = Map.of("messages", List.of(line(1, nick), line(2, nick)));
        Answer imported = admin.call("POST", path + "/messages", batch);
        assertThat(imported.status()).isEqualTo(200);
        assertThat(imported.json().path("imported").asInt()).isEqualTo(2);
        Answer again = admin.call("POST", path + "/messages", batch);
        assertThat(again.json().path("skipped").asInt()).isEqualTo(2);
        assertThat(again.json().path("total").asInt()).isEqualTo(2);
        Map<String, Object> ofNobody =
                Map.of("messages", List.of(line(3, UUID.randomUUID().toString())));
        assertThat(code(admin.call("POST", path + "/messages", ofNobody))).isEqualTo("not-found");
    }

    private static Map<String, Object> line(long number, String sender) {
        MessageId id = MessageId.at(1_100_480_400_000L + number, new UUID(0, number));
        return Map.of(
                "message", id.toString(), "sender", sender, "body", "b", "line", number, "at", "2004-11-15T01:00:00Z");
    }

    private String group() {
        Answer answer = alice.call(
                "POST",
                "/api/v1/conversations",
                Map.of("kind", "group", "title", "Tea", "members", List.of(bob.username())));
        assertThat(answer.status()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    private static Map<String, Object> direct(Caller other) {
        return Map.of("kind", "direct", "members", List.of(other.username()));
    }

    private static Map<String, String> message(String body) {
        return Map.of("id", newId().toString(), "body", body);
    }

    private static MessageId newId() {
        return MessageId.at(System.currentTimeMillis(), UUID.randomUUID());
    }

    private static String messages(String conversation) {
        return "/api/v1/conversations/" + conversation + "/messages";
    }

    private static String code(Answer answer) {
        return answer.json().path("code").asString();
    }

    private static String field(Answer answer) {
        return answer.json().path("field").asString();
    }
}
