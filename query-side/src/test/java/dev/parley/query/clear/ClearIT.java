package dev.parley.query.clear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.testing.Lobby;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClearIT extends Running {

    private static final String INBOX = "/api/v1/conversations";
    private static final String HISTORY = "/api/v1/conversations/{id}/messages";
    private static final String SEARCH = "/api/v1/search?q={q}";
    private static final String COUNTS = "/api/v1/admin/conversations/{id}/counts";

    private Lobby lobby;
    private AccountId alice;
    private Room room;

    @BeforeEach
    void aConversation() {
        lobby = new Lobby(store);
        alice = Room.register(store, "alice-" + UUID.randomUUID());
        room = Room.of(store, alice);
        room.say(alice, "tea at five");
    }

    @Test
    void everyReadIsEmptyAfterAClear() {
        assertThat(ask(alice, SEARCH, "tea").at("/total").asInt()).isEqualTo(1);
        lobby.clear();
        room.say(alice, "tea, the race");
        room.add(new AccountId(UUID.randomUUID()));
        room.remove(alice);

        assertThat(ask(alice, INBOX).at("/conversations").size()).isZero();
        assertThat(ask(alice, INBOX + "/{id}", room.id).status()).isEqualTo(403);
        assertThat(ask(alice, HISTORY, room.id).status()).isEqualTo(403);
        assertThat(ask(alice, SEARCH, "tea").at("/total").asInt()).isZero();
        Answer counts = ask(alice, COUNTS, room.id);
        assertThat(counts.at("/stored").asInt()).isZero();
        assertThat(counts.at("/indexed").asInt()).isZero();
        assertThat(counts.at("/events").asInt()).isEqualTo(2);
    }

    @Test
    void lifeGoesOnAfterAClear() {
        lobby.clear();
        AccountId bob = Room.register(store, "bob-" + UUID.randomUUID());
        Room other = Room.of(store, bob);
        room.say(alice, "tea, the race");
        other.say(bob, "tea again");
        ask(bob, INBOX);
        other.say(bob, "and tea");

        assertThat(ask(bob, SEARCH, "tea").at("/total").asInt()).isEqualTo(2);
        assertThat(ask(bob, HISTORY, other.id).at("/messages/1/username").asString())
                .startsWith("bob-");
        assertThat(ask(bob, INBOX).at("/conversations/0/lastMessage/body").asString())
                .isEqualTo("and tea");
        assertThat(ask(bob, COUNTS, room.id).at("/indexed").asInt()).isZero();
        Answer counts = ask(bob, COUNTS, other.id);
        assertThat(counts.at("/stored").asInt()).isEqualTo(2);
        assertThat(counts.at("/indexed").asInt()).isEqualTo(2);
    }

    @Test
    void auditorsSeeWhatWasBefore() {
        lobby.clear();
        Answer audit = ask(alice, "/api/v1/audit/events?conversation={c}", room.id);
        assertThat(StreamSupport.stream(audit.at("/events").spliterator(), false)
                        .map(event -> event.at("/type").asString()))
                .containsExactly("ConversationStarted", "MessageSent");
    }

    @Test
    void readersMeetNoFaultWhileTheApplicationIsCleared() throws Exception {
        Set<Integer> statuses = ConcurrentHashMap.newKeySet();
        AtomicBoolean clearing = new AtomicBoolean(true);
        Thread reader = Thread.ofVirtual().start(() -> {
            while (clearing.get()) {
                statuses.add(askAfter(alice, null, COUNTS, room.id).status());
            }
        });
        for (int i = 0; i < 5; i++) {
            lobby.clear();
            ask(alice, SEARCH, "tea");
        }
        clearing.set(false);
        reader.join();
        assertThat(statuses).contains(200).isSubsetOf(200, 503);
    }
}
