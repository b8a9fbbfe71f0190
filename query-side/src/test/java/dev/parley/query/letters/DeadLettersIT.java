package dev.parley.query.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.google.protobuf.ByteString;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.event.Event;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/// Real facts that real stores refuse, through the running processors.
class DeadLettersIT extends Running {

    private static final String LETTERS = "/api/v1/admin/dead-letters";
    private static final String HISTORY = "/api/v1/conversations/{id}/messages";

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private AxonServerConnectionManager axonServer;

    private final AccountId alice = new AccountId(UUID.randomUUID());
    private Room room;

    @BeforeEach
    void aConversation() {
        room = Room.of(store, alice);
    }

    @AfterEach
    void leavesNoLetters() {
        awaitProjections();
        jdbc.update("delete from " + LetterQueues.TABLE);
    }

    /// PostgreSQL cannot index a text as long as this, which no aggregate would let through.
    private static String tooLong() {
        return new Random(1)
                .ints(20_000, 0x4E00, 0x9FA5)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private void poison() {
        room.react(alice, room.say(alice, "before"), tooLong());
        room.say(alice, "after");
    }

    private List<String> bodies(Room of) {
        return texts(ask(alice, HISTORY, of.id), "/messages", "/body");
    }

    private static List<String> texts(Answer answer, String list, String field) {
        return StreamSupport.stream(answer.at(list).spliterator(), false)
                .map(element -> element.at(field).asString())
                .toList();
    }

    private Answer letters(Object sequence) {
        awaitProjections();
        Answer all = askAfter(alice, null, LETTERS + "?projection=history&limit=200");
        assertThat(texts(all, "/letters", "/sequence")).allMatch(sequence.toString()::equals);
        return all;
    }

    private Answer retry(String projection, Object sequence) {
        return perform(post(LETTERS + "/{p}/{s}/retry", projection, sequence).principal(alice::toString));
    }

    private Answer drop(String url, Object... variables) {
        return perform(delete(LETTERS + url, variables).principal(alice::toString));
    }

    @Test
    void aFactThatCannotBeProjectedWaitsWithItsConversationAndTheOthersGoOn() {
        poison();
        Room other = Room.of(store, alice);
        other.say(alice, "elsewhere");

        assertThat(bodies(other)).containsExactly("elsewhere");
        assertThat(bodies(room)).containsExactly("before");
        Answer letters = letters(room.id);
        JsonNode failed = letters.at("/letters/0");
        assertThat(failed.at("/type").asString()).isEqualTo("ReactionAdded");
        assertThat(failed.at("/cause/detail").asString()).contains("SQLSTATE 54000");
        assertThat(failed.at("/attempts").asInt()).isEqualTo(1);
        JsonNode behind = letters.at("/letters/1");
        assertThat(behind.at("/type").asString()).isEqualTo("MessageSent");
        assertThat(behind.has("cause")).isFalse();
        assertThat(behind.at("/attempts").asInt()).isZero();
        assertThat(behind.at("/position").asLong())
                .isEqualTo(failed.at("/position").asLong() + 1);
        assertThat(letters.json().toString()).doesNotContain("after", tooLong().substring(0, 3));
        assertThat(meters.get("parley.query-side.letters")
                        .tag("projection", "history")
                        .gauge()
                        .value())
                .isEqualTo(2);
    }

    @Test
    void whatWaitsIsProjectedOnceTheLetterBeforeItIsDropped() {
        poison();
        JsonNode failed = letters(room.id).at("/letters/0");
        Answer inVain = retry("history", room.id);
        assertThat(inVain.at("/projected").asInt()).isZero();
        assertThat(inVain.at("/left").asInt()).isEqualTo(2);
        assertThat(inVain.at("/first/attempts").asInt()).isEqualTo(2);

        assertThat(drop("/history/{s}/{l}", room.id, failed.at("/id").asString())
                        .at("/dropped")
                        .asInt())
                .isEqualTo(1);
        room.say(alice, "later");
        assertThat(bodies(room)).containsExactly("before");
        assertThat(retry("history", room.id).at("/projected").asInt()).isEqualTo(2);
        room.say(alice, "and later");
        assertThat(bodies(room)).containsExactly("and later", "later", "after", "before");
        assertThat(letters(room.id).at("/letters").size()).isZero();
    }

    @Test
    void manyLettersAreProjectedUpToTheOneThatFails() {
        poison();
        for (int i = 0; i < 300; i++) {
            room.say(alice, "message " + i);
        }
        room.react(alice, room.say(alice, "last"), tooLong());
        JsonNode failed = letters(room.id).at("/letters/0");
        drop("/history/{s}/{l}", room.id, failed.at("/id").asString());

        Answer retried = retry("history", room.id);
        assertThat(retried.at("/projected").asInt()).isEqualTo(302);
        assertThat(retried.at("/left").asInt()).isEqualTo(1);
        assertThat(retried.at("/first/type").asString()).isEqualTo("ReactionAdded");
        assertThat(bodies(room)).startsWith("last", "message 299").hasSize(50);
    }

    @Test
    void pagesOfLettersFollowOneAnother() {
        poison();
        room.say(alice, "and after");
        awaitProjections();
        Answer first = askAfter(alice, null, LETTERS + "?limit=2");
        Answer second = askAfter(
                alice, null, LETTERS + "?limit=2&cursor={c}", first.at("/next").asString());
        assertThat(texts(first, "/letters", "/type")).containsExactly("ReactionAdded", "MessageSent");
        assertThat(texts(second, "/letters", "/type")).containsExactly("MessageSent");
        assertThat(second.at("/letters/0/position").asLong())
                .isGreaterThan(first.at("/letters/1/position").asLong());
        assertThat(second.json().has("next")).isFalse();
        assertThat(askAfter(alice, null, LETTERS + "?cursor=nonsense").status()).isEqualTo(400);
        assertThat(askAfter(alice, null, LETTERS + "?projection=nonsense").status())
                .isEqualTo(400);
    }

    @Test
    void aConversationThatNeverStartedIsALetterOfTheInbox() {
        awaitProjections();
        jdbc.update("delete from query_side.clear");
        ConversationId never = new ConversationId(UUID.randomUUID());
        store.publish(new GenericDomainEventMessage<>(
                "Conversation",
                never.toString(),
                0,
                new MessageSent(never, Room.newMessage(), alice, "out of nowhere", Room.now())));
        awaitProjections();
        Answer letters = askAfter(alice, null, LETTERS + "?projection=inbox");
        assertThat(letters.at("/letters/0/sequence").asString()).isEqualTo(never.toString());
        assertThat(letters.at("/letters/0/cause/detail").asString()).contains("was not started");
        assertThat(drop("/inbox/{s}", never).at("/dropped").asInt()).isEqualTo(1);
        assertThat(drop("/inbox/{s}", never).status()).isEqualTo(404);
        assertThat(retry("inbox", never).status()).isEqualTo(404);
    }

    @Test
    void aFactThatCannotBeReadIsALetterAsItIsStored() throws Exception {
        room.say(alice, "before");
        byte[] broken = "{\"conversation\": 7".getBytes(StandardCharsets.UTF_8);
        axonServer
                .getConnection()
                .eventChannel()
                .appendEvents(Event.newBuilder()
                        .setMessageIdentifier(UUID.randomUUID().toString())
                        .setAggregateIdentifier(room.id.toString())
                        .setAggregateType("Conversation")
                        .setAggregateSequenceNumber(2)
                        .setTimestamp(System.currentTimeMillis())
                        .setPayload(SerializedObject.newBuilder()
                                .setType("MessageSent")
                                .setRevision("1")
                                .setData(ByteString.copyFrom(broken)))
                        .build())
                .get(10, TimeUnit.SECONDS);
        Room other = Room.of(store, alice);
        other.say(alice, "elsewhere");
        assertThat(bodies(other)).containsExactly("elsewhere");
        assertThat(bodies(room)).containsExactly("before");
        assertThat(letters(room.id).at("/letters/0/cause/detail").asString()).startsWith("at ");
        assertThat(jdbc.queryForObject(
                        "select payload from " + LetterQueues.TABLE
                                + " where processinggroup = 'history' and sequenceidentifier = ?",
                        byte[].class,
                        room.id.toString()))
                .isEqualTo(broken);
        assertThat(retry("history", room.id).at("/first/attempts").asInt()).isEqualTo(2);
    }
}
