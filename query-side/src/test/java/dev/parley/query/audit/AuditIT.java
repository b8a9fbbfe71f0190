package dev.parley.query.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.parley.messages.AccountId;
import dev.parley.messages.GameId;
import dev.parley.messages.MessageId;
import dev.parley.messages.SessionId;
import dev.parley.messages.game.Seat;
import dev.parley.messages.session.SessionEvent.SessionOpened;
import dev.parley.query.stored.StoredFacts;
import dev.parley.testing.Lobby;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class AuditIT extends Running {

    private static final String EVENTS = "/api/v1/audit/events";
    private static final AccountId AUDITOR = new AccountId(UUID.randomUUID());

    @Autowired
    private AxonServerConnectionManager connections;

    @Autowired
    private StoredFacts facts;

    @Test
    void whatWasStoredBeforeATimeIsNotRead() {
        AccountId alice = new AccountId(UUID.randomUUID());
        Room room = Room.of(store, alice);
        room.say(alice, "before");
        Instant since = Room.now().plusMillis(1);
        await().pollInterval(Duration.ofMillis(1)).until(() -> Instant.now().isAfter(since));
        long before = facts.head();
        room.say(alice, "after");
        Selection selection = Selection.ofPositions(null, null).ofTimes(since.toString(), null);
        assertThat(selection.start(-1, facts)).isEqualTo(before);
        assertThat(Selection.ofPositions(null, null)
                        .ofTimes(null, since.minusSeconds(60).toString())
                        .end(facts))
                .isLessThan(before - 1);
    }

    @Test
    void showsFactsAsTheyAreStored() {
        AccountId alice = new AccountId(UUID.randomUUID());
        Room room = Room.of(store, alice);
        MessageId message = room.say(alice, "Grüße \"👋\"");

        Answer audit = ask(AUDITOR, EVENTS + "?limit=1000&conversation={c}", room.id);
        assertThat(types(audit)).containsExactly("ConversationStarted", "MessageSent");
        JsonNode event = audit.at("/events/1");
        assertThat(event.at("/revision").asString()).isEqualTo("2");
        assertThat(event.at("/aggregate").asString()).isEqualTo(room.id.toString());
        assertThat(event.at("/seq").asInt()).isEqualTo(1);
        assertThat(event.at("/position").isIntegralNumber()).isTrue();
        assertThat(event.at("/at").asString()).endsWith("Z");
        assertThat(event.at("/payload/message").asString()).isEqualTo(message.toString());
        assertThat(event.at("/payload/body").asString()).isEqualTo("Grüße \"👋\"");
        assertThat(audit.at("/next").asLong()).isEqualTo(audit.at("/head").asLong());
    }

    @Test
    void goesOnWhereAPageEnded() {
        AccountId alice = new AccountId(UUID.randomUUID());
        Room room = Room.of(store, alice);
        room.say(alice, "one");
        room.say(alice, "two");

        Answer first = ask(AUDITOR, EVENTS + "?limit=2&conversation={c}", room.id);
        Answer second = ask(
                AUDITOR,
                EVENTS + "?limit=2&conversation={c}&after={n}",
                room.id,
                first.at("/next").asLong());
        Answer end = ask(AUDITOR, EVENTS + "?after={n}", second.at("/next").asLong());
        assertThat(types(first)).containsExactly("ConversationStarted", "MessageSent");
        assertThat(types(second)).containsExactly("MessageSent");
        assertThat(types(end)).isEmpty();
        assertThat(end.at("/next").asLong()).isEqualTo(second.at("/next").asLong());
    }

    @Test
    void filtersByType() {
        AccountId alice = new AccountId(UUID.randomUUID());
        Room room = Room.of(store, alice);
        room.say(alice, "one");
        assertThat(types(ask(AUDITOR, EVENTS + "?type=MessageSent&conversation={c}", room.id)))
                .containsExactly("MessageSent");
        assertThat(types(ask(AUDITOR, EVENTS + "?type=NoSuchType"))).isEmpty();
    }

    @Test
    void showsFactsOfEveryFamily() {
        AccountId alice = Room.register(store, "alice-" + UUID.randomUUID());
        SessionId session = new SessionId(UUID.randomUUID());
        store.publish(new GenericDomainEventMessage<>(
                "Session", session.toString(), 0, new SessionOpened(session, alice, Instant.now())));
        Lobby lobby = new Lobby(store);
        GameId game = lobby.create(alice, "chess");
        lobby.take(game, Seat.WHITE, alice);
        lobby.clear();

        Room room = Room.of(store, alice);
        MessageId message = room.say(alice, "as it was");
        room.edit(alice, message, "as it is");
        room.delete(alice, message);
        room.read(alice, 1, true);

        Answer talk = ask(AUDITOR, EVENTS + "?conversation={c}", room.id);
        assertThat(types(talk))
                .containsExactly(
                        "ConversationStarted", "MessageSent", "MessageEdited", "MessageDeleted", "MessagesRead");
        assertThat(talk.at("/events/1/payload/body").asString()).isEqualTo("as it was");
        assertThat(talk.at("/events/2/payload/body").asString()).isEqualTo("as it is");
        assertThat(talk.at("/events/4/aggregate").asString()).isEqualTo(room.id + "." + alice);
        assertThat(last("SessionOpened").at("/payload/account").asString()).isEqualTo(alice.toString());
        assertThat(last("SessionOpened").at("/aggregate").asString()).isEqualTo(session.toString());
        assertThat(last("GameCreated").at("/payload/game").asInt()).isEqualTo(game.value());
        assertThat(last("SeatTaken").at("/payload/seat").asString()).isEqualTo("WHITE");
        assertThat(last("ApplicationCleared").at("/payload/firstGame").asInt()).isGreaterThan(game.value());
    }

    private JsonNode last(String type) {
        JsonNode events = ask(AUDITOR, EVENTS + "?limit=1000&type={t}", type).at("/events");
        return events.get(events.size() - 1);
    }

    @Test
    void showsFactsWhoseClassIsUnknown() throws Exception {
        String stream = UUID.randomUUID().toString();
        String payload = "{\"b\":1, \"a\" : [true]}";
        connections
                .getConnection()
                .eventChannel()
                .appendEvents(Event.newBuilder()
                        .setMessageIdentifier(UUID.randomUUID().toString())
                        .setAggregateIdentifier(stream)
                        .setAggregateType("Game")
                        .setAggregateSequenceNumber(0)
                        .setTimestamp(System.currentTimeMillis())
                        .setPayload(SerializedObject.newBuilder()
                                .setType("PieceMoved")
                                .setRevision("7")
                                .setData(ByteString.copyFromUtf8(payload)))
                        .build())
                .get();

        Answer audit = ask(AUDITOR, EVENTS + "?conversation={c}", stream);
        assertThat(types(audit)).containsExactly("PieceMoved");
        assertThat(audit.at("/events/0/revision").asString()).isEqualTo("7");
        assertThat(audit.at("/events/0/payload").toString()).isEqualTo("{\"b\":1,\"a\":[true]}");
    }

    @Test
    void badParametersAreNamed() {
        assertThat(ask(AUDITOR, EVENTS + "?after=x").at("/field").asString()).isEqualTo("after");
        assertThat(ask(AUDITOR, EVENTS + "?limit=1001").at("/field").asString()).isEqualTo("limit");
        assertThat(ask(AUDITOR, EVENTS + "?conversation=x").at("/field").asString())
                .isEqualTo("conversation");
        assertThat(types(ask(AUDITOR, EVENTS + "?after=999999999"))).isEmpty();
    }

    private static List<String> types(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return StreamSupport.stream(answer.at("/events").spliterator(), false)
                .map(event -> event.at("/type").asString())
                .toList();
    }
}
