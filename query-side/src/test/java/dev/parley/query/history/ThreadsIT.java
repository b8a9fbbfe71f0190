package dev.parley.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// A place amid a conversation, one message of it, and what answers one.
class ThreadsIT extends Running {

    private static final String MESSAGES = "/api/v1/conversations/{id}/messages";
    private static final String MESSAGE = MESSAGES + "/{message}";
    private static final String REPLIES = MESSAGE + "/replies";

    private AccountId alice;
    private AccountId bob;
    private Room room;

    @BeforeEach
    void aConversation() {
        alice = Room.register(store, "alice-" + UUID.randomUUID());
        bob = Room.register(store, "bob-" + UUID.randomUUID());
        room = Room.of(store, alice, bob);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 4, m4 m5 m6 m7, 4, 7",
        "5, 5, m3 m4 m5 m6 m7, 3, 7",
        "1, 4, m1 m2 m3 m4, , 4",
        "9, 4, m6 m7 m8 m9, 6, ",
        "100, 3, m7 m8 m9, 7, ",
        "0, 3, m1 m2 m3, , 3",
        "5, 1, m5, 5, 5",
        "5, 50, m1 m2 m3 m4 m5 m6 m7 m8 m9, , ",
    })
    void showsBothSidesOfAPlace(long seq, int limit, String bodies, Long before, Long after) {
        List<MessageId> said = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> room.say(alice, "m" + i))
                .toList();
        Answer page = ask(bob, MESSAGES + "?around={a}&limit={l}", room.id, seq, limit);
        assertThat(String.join(" ", bodies(page))).isEqualTo(bodies);
        assertThat(number(page, "/before")).isEqualTo(before);
        assertThat(number(page, "/after")).isEqualTo(after);
        assertThat(page.json().has("next")).isFalse();
        if (seq >= 1 && seq <= 9) {
            MessageId message = said.get((int) seq - 1);
            assertThat(ask(bob, MESSAGES + "?around={a}&limit={l}", room.id, message, limit)
                            .json())
                    .isEqualTo(page.json());
        }
        if (before != null) {
            Answer older = ask(bob, MESSAGES + "?before={b}", room.id, before);
            assertThat(bodies(older).getFirst()).isEqualTo("m" + (before - 1));
        }
    }

    @Test
    void aThreadIsWhatAnswersAMessageOldestFirst() {
        MessageId question = room.say(alice, "question?");
        List<MessageId> answers = IntStream.rangeClosed(1, 5)
                .mapToObj(i -> answer(question, "answer " + i))
                .toList();
        room.say(alice, "beside");
        answer(answers.getFirst(), "to an answer");
        room.delete(bob, answers.get(1));

        Answer first = ask(bob, REPLIES + "?limit=2", room.id, question);
        assertThat(bodies(first)).containsExactly("answer 1", "answer 3");
        assertThat(first.at("/messages/0/replyTo").asString()).isEqualTo(question.toString());
        assertThat(first.at("/messages/0/replies").asInt()).isEqualTo(1);
        Answer rest = ask(
                bob,
                REPLIES + "?limit=2&after={a}",
                room.id,
                question,
                first.at("/next").asLong());
        assertThat(bodies(rest)).containsExactly("answer 4", "answer 5");
        assertThat(rest.json().has("next")).isFalse();

        assertThat(ask(bob, MESSAGE, room.id, question).at("/replies").asInt()).isEqualTo(4);
        JsonNode page = ask(bob, MESSAGES + "?after=0&limit=3", room.id).at("/messages");
        assertThat(page.at("/0/replies").asInt()).isEqualTo(4);
        assertThat(page.at("/1/replies").asInt()).isEqualTo(1);
        assertThat(page.at("/2").has("replies")).isFalse();
    }

    @Test
    void whoLeftSeesNoAnswerOfLater() {
        MessageId question = room.say(alice, "question?");
        answer(question, "before");
        room.remove(bob);
        MessageId late = answer(question, "after");

        assertThat(bodies(ask(bob, REPLIES, room.id, question))).containsExactly("before");
        assertThat(ask(bob, MESSAGE, room.id, question).at("/replies").asInt()).isEqualTo(1);
        assertThat(ask(bob, MESSAGE, room.id, late).status()).isEqualTo(404);
        assertThat(ask(bob, MESSAGES + "?around={m}", room.id, late).status()).isEqualTo(404);
        assertThat(bodies(ask(bob, MESSAGES + "?around=1000", room.id))).containsExactly("question?", "before");
    }

    @Test
    void oneMessageIsForWhoMaySeeIt() {
        MessageId message = room.say(alice, "one");
        Room other = Room.of(store, alice);
        assertThat(ask(bob, MESSAGE, room.id, message).at("/body").asString()).isEqualTo("one");
        assertThat(ask(alice, MESSAGE, other.id, message).status()).isEqualTo(404);
        assertThat(ask(alice, MESSAGE, room.id, Room.newMessage()).at("/code").asString())
                .isEqualTo("not-found");
        AccountId stranger = new AccountId(UUID.randomUUID());
        assertThat(ask(stranger, MESSAGE, room.id, message).status()).isEqualTo(403);
        assertThat(ask(stranger, REPLIES, room.id, message).status()).isEqualTo(403);
        assertThat(ask(alice, MESSAGE, room.id, "x").at("/field").asString()).isEqualTo("message");
        assertThat(ask(alice, REPLIES + "?limit=0", room.id, message)
                        .at("/field")
                        .asString())
                .isEqualTo("limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "1.5", "99999999999999999999", "00000000-0000-0000-0000-000000000000", ""})
    void aPlaceIsASeqOrAMessage(String around) {
        assertThat(ask(alice, MESSAGES + "?around={a}", room.id, around)
                        .at("/field")
                        .asString())
                .isEqualTo("around");
    }

    @Test
    void aPlaceIsTheOnlyOne() {
        assertThat(ask(alice, MESSAGES + "?around=1&before=2", room.id)
                        .at("/field")
                        .asString())
                .isEqualTo("around");
    }

    private MessageId answer(MessageId to, String body) {
        return room.say(new MessageSent(room.id, Room.newMessage(), bob, body, to, List.of(), List.of(), Room.now()));
    }

    private static Long number(Answer answer, String pointer) {
        return answer.at(pointer).isMissingNode()
                ? null
                : (Long) answer.at(pointer).asLong();
    }

    private static List<String> bodies(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return answer.at("/messages")
                .valueStream()
                .map(message -> message.at("/body").asString())
                .toList();
    }
}
