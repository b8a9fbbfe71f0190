package dev.parley.query.history;

import static dev.parley.messages.conversation.HistoryVisibility.ALL;
import static dev.parley.messages.conversation.HistoryVisibility.SINCE_JOINING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibilityIT extends Running {

    /// Each word is a step; a number is a message with itself as its text. Bob joins and leaves, the history is shown
    /// to all or hidden.
    @ParameterizedTest
    @CsvSource({
        "1 join 2,                         2,       2",
        "1 show join 2,                    1 2,     1 2",
        "1 join 2 show 3,                  1 2 3,   1 2 3",
        "1 join 2 show 3 hide 4,           2 3 4,   2 3 4",
        "1 join 2 leave 3,                 2,       ''",
        "1 join 2 leave 3 show 4,          2,       ''",
        "1 show join 2 leave 3,            1 2,     ''",
        "1 show join 2 leave 3 hide 4,     1 2,     ''",
        "1 show join 2 hide leave 3 show,  2,       ''",
        "1 join 2 leave 3 join 4,          2 4,     2 4",
        "1 join 2 leave 3 show join 4,     1 2 3 4, 1 2 3 4",
        "1 show join 2 leave 3 hide join 4,             2 4,       2 4",
        "1 show join 2 leave 3 hide join 4 leave 5,     2 4,       ''",
        "1 join 2 leave 3 show join 4 leave 5 hide,     1 2 3 4,   ''",
    })
    void historyAndSearchShowWhatTheConversationSays(String steps, String history, String found) {
        AccountId alice = new AccountId(UUID.randomUUID());
        AccountId bob = new AccountId(UUID.randomUUID());
        Room room = Room.of(store, alice);
        Arrays.stream(steps.split(" ")).forEach(step -> take(step, room, alice, bob));

        assertThat(bodies(ask(bob, "/api/v1/conversations/{id}/messages?after=0", room.id), "messages"))
                .isEqualTo(history);
        assertThat(bodies(ask(bob, "/api/v1/search?q=visible"), "hits")).isEqualTo(found);
    }

    private static void take(String step, Room room, AccountId alice, AccountId bob) {
        switch (step) {
            case "join" -> room.add(bob);
            case "leave" -> room.remove(bob);
            case "show" -> room.show(alice, ALL);
            case "hide" -> room.show(alice, SINCE_JOINING);
            default -> room.say(alice, step + " visible");
        }
    }

    private static String bodies(Answer answer, String list) {
        assertThat(answer.status()).isEqualTo(200);
        return StreamSupport.stream(answer.at("/" + list).spliterator(), false)
                .map(message -> message.at("/body").asString().replace(" visible", ""))
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
