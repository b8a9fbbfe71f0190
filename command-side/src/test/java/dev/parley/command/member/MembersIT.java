package dev.parley.command.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.command.Caller;
import dev.parley.command.Caller.Answer;
import dev.parley.command.RealParts;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberEvent.ConversationMuted;
import dev.parley.messages.member.MemberEvent.ConversationUnmuted;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import dev.parley.messages.member.MemberId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// Read marks and muting over HTTP, the unmodified connector and the real node.
class MembersIT {

    private final ApplicationContext commandSide = RealParts.commandSide();
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private Caller alice;
    private Caller bob;
    private Caller stranger;
    private String group;

    @BeforeEach
    void start() {
        alice = Caller.register(commandSide, "alice-" + suffix);
        bob = Caller.register(commandSide, "bob-" + suffix);
        stranger = Caller.register(commandSide, "stranger-" + suffix);
        Map<String, Object> wanted = Map.of("kind", "group", "members", List.of(bob.username()));
        group = alice.call("POST", "/api/v1/conversations", wanted)
                .json()
                .path("id")
                .asString();
    }

    @Test
    void aReadMarkGoesForwardInAStreamOfItsOwn() {
        Answer first = bob.call("POST", path("read"), Map.of("seq", 0));
        assertThat(first.status()).isEqualTo(204);
        assertThat(first.response().headers().firstValueAsLong("Parley-Position"))
                .isPresent();
        assertThat(bob.call("POST", path("read"), Map.of("seq", 0)).status()).isEqualTo(204);
        assertThat(facts(bob)).singleElement().isInstanceOfSatisfying(MessagesRead.class, read -> {
            assertThat(read.seq()).isZero();
            assertThat(read.shared()).isTrue();
        });
        assertThat(facts(alice)).isEmpty();
    }

    @Test
    void whatNobodyCanHaveReadIsRefused() {
        assertThat(wrong(bob.call("POST", path("read"), Map.of("seq", 1)))).isEqualTo("invalid seq");
        assertThat(wrong(bob.call("POST", path("read"), Map.of("seq", -1)))).isEqualTo("invalid seq");
        assertThat(wrong(bob.call("POST", path("read"), Map.of()))).isEqualTo("invalid seq");
        assertThat(facts(bob)).isEmpty();
    }

    @Test
    void aLargeConversationTellsNobody() {
        try (ConfigurableApplicationContext small =
                RealParts.startCommandSide("parley.command-side.limits.receipts-up-to=1")) {
            Caller there = new Caller(small, bob.account(), bob.username(), bob.headers());
            assertThat(there.call("POST", path("read"), Map.of("seq", 0)).status())
                    .isEqualTo(204);
        }
        assertThat(facts(bob))
                .singleElement()
                .isInstanceOfSatisfying(
                        MessagesRead.class, read -> assertThat(read.shared()).isFalse());
    }

    @Test
    void aMemberMutesForAWhileAndForEver() {
        Instant until = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.MILLIS);
        assertThat(bob.call("PUT", path("mute"), Map.of("until", until.toString()))
                        .status())
                .isEqualTo(204);
        assertThat(bob.call("PUT", path("mute"), Map.of()).status()).isEqualTo(204);
        assertThat(bob.call("PUT", path("mute"), null).status()).isEqualTo(204);
        assertThat(bob.call("DELETE", path("mute"), null).status()).isEqualTo(204);
        Answer again = bob.call("DELETE", path("mute"), null);
        assertThat(again.status()).isEqualTo(204);
        assertThat(again.response().headers().firstValueAsLong("Parley-Position"))
                .isPresent();
        assertThat(facts(bob))
                .hasExactlyElementsOfTypes(ConversationMuted.class, ConversationMuted.class, ConversationUnmuted.class);
        assertThat(((ConversationMuted) facts(bob).getFirst()).until()).isEqualTo(until);
        assertThat(alice.call("DELETE", path("mute"), null).status())
                .as("what was never muted")
                .isEqualTo(204);
        assertThat(facts(alice)).isEmpty();
    }

    @Test
    void aMuteEndsInATimeToCome() {
        for (String until : List.of("2020-01-01T00:00:00Z", "+100000-01-01T00:00:00Z")) {
            assertThat(wrong(bob.call("PUT", path("mute"), Map.of("until", until))))
                    .isEqualTo("invalid until");
        }
    }

    @Test
    void strangersHaveNoMarksHere() {
        for (Answer refused : List.of(
                stranger.call("POST", path("read"), Map.of("seq", 0)),
                stranger.call("PUT", path("mute"), null),
                stranger.call("DELETE", path("mute"), null))) {
            assertThat(refused.json().path("code").asString()).isEqualTo("not-a-member");
        }
        for (String nowhere : List.of("nonsense", UUID.randomUUID().toString())) {
            assertThat(bob.call("POST", "/api/v1/conversations/" + nowhere + "/read", Map.of("seq", 0))
                            .json()
                            .path("code")
                            .asString())
                    .isEqualTo("not-found");
        }
        assertThat(facts(stranger)).isEmpty();
    }

    private String path(String what) {
        return "/api/v1/conversations/" + group + "/" + what;
    }

    private static String wrong(Answer answer) {
        return answer.json().path("code").asString() + " "
                + answer.json().path("field").asString();
    }

    private List<MemberEvent> facts(Caller caller) {
        MemberId member = new MemberId(ConversationId.of(group), AccountId.of(caller.account()));
        return commandSide
                .getBean(EventStore.class)
                .readEvents(member.toString(), 0)
                .asStream()
                .map(event -> (MemberEvent) event.getPayload())
                .toList();
    }
}
