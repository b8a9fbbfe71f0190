package dev.parley.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.Attachment;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;
import org.springframework.data.elasticsearch.core.IndexOperations;
import org.springframework.data.elasticsearch.core.document.Document;
import org.springframework.data.elasticsearch.core.index.AliasAction;
import org.springframework.data.elasticsearch.core.index.AliasActionParameters;
import org.springframework.data.elasticsearch.core.index.AliasActions;
import org.springframework.data.elasticsearch.core.mapping.IndexCoordinates;
import tools.jackson.databind.JsonNode;

/// Messages that were edited, deleted and reacted to, and what they carry.
class ChangedMessagesIT extends Running {

    private static final String MESSAGES = "/api/v1/conversations/{id}/messages";
    private static final String SEARCH = "/api/v1/search?q={q}";

    @Autowired
    private ElasticsearchOperations elasticsearch;

    @Autowired
    private ElasticsearchClient client;

    @Autowired
    private MadeIndexes made;

    @Autowired
    private MessageIndex index;

    private AccountId alice;
    private AccountId bob;
    private Room room;

    @BeforeEach
    void aConversation() {
        alice = Room.register(store, "alice-" + UUID.randomUUID());
        bob = Room.register(store, "bob-" + UUID.randomUUID());
        room = Room.of(store, alice, bob);
    }

    @Test
    void anEditReplacesWhatIsShownAndFound() {
        MessageId message = room.say(alice, "the quick brown fox");
        ask(alice, MESSAGES, room.id);
        room.edit(alice, message, "the lazy dog", bob);

        JsonNode shown = ask(bob, MESSAGES, room.id).at("/messages/0");
        assertThat(shown.at("/body").asString()).isEqualTo("the lazy dog");
        assertThat(shown.at("/mentions/0").asString()).isEqualTo(bob.toString());
        assertThat(shown.at("/editedAt").asString()).endsWith("Z");
        assertThat(shown.at("/seq").asLong()).isEqualTo(1);
        assertThat(total("quick")).isZero();
        assertThat(total("lazy")).isEqualTo(1);
    }

    @Test
    void ofADeletedMessageNothingIsLeftButThatItWas() {
        MessageId message = room.say(attached("secret plans"));
        MessageId old = room.takeOver(alice, "secret archive", 1);
        room.react(bob, message, "+1");
        assertThat(total("secret")).isEqualTo(2);
        room.delete(alice, message);
        room.delete(alice, old);
        room.delete(alice, message);
        room.edit(alice, message, "secret again");

        JsonNode shown = ask(bob, MESSAGES + "?after=0", room.id).at("/messages/0");
        assertThat(shown.propertyNames())
                .containsExactlyInAnyOrder(
                        "id", "conversation", "seq", "position", "sender", "username", "at", "deleted");
        assertThat(shown.at("/sender").asString()).isEqualTo(alice.toString());
        assertThat(ask(bob, MESSAGES + "?after=1", room.id)
                        .at("/messages/0/deleted")
                        .asBoolean())
                .isTrue();
        assertThat(total("secret")).isZero();
        Answer counts = ask(alice, "/api/v1/admin/conversations/{id}/counts", room.id);
        assertThat(counts.at("/indexed").asInt())
                .isEqualTo(counts.at("/events").asInt())
                .isEqualTo(2);
    }

    @Test
    void showsWhatAMessageAnswersMentionsAndCarries() {
        MessageSent sent = attached("look");
        room.say(sent);
        room.edit(alice, sent.message(), "look here");

        JsonNode shown = ask(bob, SEARCH, "look").at("/hits/0");
        assertThat(shown.at("/replyTo").asString()).isEqualTo(String.valueOf(sent.replyTo()));
        assertThat(shown.has("mentions")).isFalse();
        assertThat(shown.at("/attachments/0/name").asString()).isEqualTo("a.png");
        assertThat(shown.at("/attachments/0/size").asLong()).isEqualTo(7);
        assertThat(shown.at("/attachments/0/uri").asString()).isEqualTo("https://files.example/a.png");
        assertThat(shown.at("/attachments/0/mediaType").asString()).isEqualTo("image/png");
    }

    @Test
    void countsReactionsAndShowsTheFirstTwenty() {
        MessageId message = room.say(alice, "dinner?");
        MessageId other = room.say(alice, "or lunch?");
        room.react(bob, message, "-1");
        for (int i = 0; i < 21; i++) {
            room.react(new AccountId(UUID.randomUUID()), message, "👍");
        }
        room.react(alice, message, "👍");
        room.react(alice, message, "-1");
        room.takeBack(bob, message, "-1");
        room.react(alice, other, "nul\u0000");
        room.takeBack(alice, other, "nul\u0000");

        JsonNode reactions = ask(alice, MESSAGES + "?after=0", room.id).at("/messages/0/reactions");
        assertThat(reactions.size()).isEqualTo(2);
        assertThat(reactions.at("/0/reaction").asString()).isEqualTo("👍");
        assertThat(reactions.at("/0/count").asInt()).isEqualTo(22);
        assertThat(reactions.at("/0/accounts").size()).isEqualTo(20);
        assertThat(reactions.at("/0/mine").asBoolean()).isTrue();
        assertThat(reactions.at("/1/accounts/0").asString()).isEqualTo(alice.toString());
        Answer seen = ask(bob, MESSAGES + "?after=0", room.id);
        assertThat(seen.at("/messages/0/reactions/0/mine").asBoolean()).isFalse();
        assertThat(seen.at("/messages/1").has("reactions")).isFalse();
    }

    @Test
    void whoLeftSeesNoEditAndNoReactionOfLater() {
        MessageId changed = room.say(alice, "as it was");
        MessageId kept = room.say(alice, "kept");
        MessageId gone = room.say(alice, "gone");
        room.edit(alice, kept, "kept, edited");
        room.remove(bob);
        room.edit(alice, changed, "only for members");
        room.react(alice, kept, "+1");
        room.delete(alice, gone);

        JsonNode seen = ask(bob, MESSAGES + "?after=0", room.id).at("/messages");
        assertThat(seen.at("/0/withheld").asBoolean()).isTrue();
        assertThat(seen.at("/0").has("body")).isFalse();
        assertThat(seen.at("/0").has("editedAt")).isFalse();
        assertThat(seen.at("/1/body").asString()).isEqualTo("kept, edited");
        assertThat(seen.at("/1").has("reactions")).isFalse();
        assertThat(seen.at("/2/deleted").asBoolean()).isTrue();
        assertThat(StreamSupport.stream(
                        ask(alice, MESSAGES + "?after=0", room.id)
                                .at("/messages")
                                .spliterator(),
                        false))
                .noneMatch(message -> message.has("withheld"));
    }

    @Test
    void aDocumentSaysWhatItsMessageHas() {
        MessageSent sent = attached("see https://example.com/Grüße and wi-fi");
        room.say(sent);
        room.react(bob, sent.message(), "+1");
        assertThat(document(sent.message()).has()).containsExactly("attachment", "link", "reaction");
        assertThat(document(sent.message()).scripts()).containsExactly("latin");
        assertThat(document(sent.message()).attached()).containsExactly("image/png");
        assertThat(document(sent.message()).parts()).isEqualTo("example com wifi");
        room.edit(alice, sent.message(), "Привет");
        room.react(alice, sent.message(), "-1");
        room.takeBack(bob, sent.message(), "+1");
        assertThat(document(sent.message()).has()).containsExactly("attachment", "reaction");
        assertThat(document(sent.message()).scripts()).containsExactly("cyrillic");
        room.takeBack(alice, sent.message(), "-1");
        assertThat(document(sent.message()).has()).containsExactly("attachment");
        room.delete(alice, sent.message());
        room.react(alice, sent.message(), "-1");
        MessageDocument deleted = document(sent.message());
        assertThat(deleted.has()).isNull();
        assertThat(deleted.scripts()).isNull();
        assertThat(deleted.attached()).isNull();
    }

    @Test
    void aReactionOfLaterWithholdsNothingFromWhoLeft() {
        MessageId plain = room.say(alice, "plain");
        MessageId edited = room.say(alice, "raw");
        room.edit(alice, edited, "edited");
        room.remove(bob);
        room.react(alice, plain, "+1");
        room.react(alice, edited, "+1");

        JsonNode seen = ask(bob, MESSAGES + "?after=0", room.id).at("/messages");
        assertThat(seen.at("/0/body").asString()).isEqualTo("plain");
        assertThat(seen.at("/1/body").asString()).isEqualTo("edited");
        assertThat(seen.at("/1").has("editedAt")).isTrue();
    }

    @Test
    void anIndexOfBeforeTakesTheFieldsThatCameLater() {
        String alias = "of-before-" + UUID.randomUUID();
        IndexOperations index = elasticsearch.indexOps(IndexCoordinates.of(alias + "-1"));
        index.create(
                Document.create(),
                Document.parse("{\"dynamic\": \"strict\", \"properties\": {\"message\": {\"type\": \"keyword\"}}}"));
        index.alias(new AliasActions(new AliasAction.Add(AliasActionParameters.builder()
                .withIndices(alias + "-1")
                .withAliases(alias)
                .build())));

        MessageIndex server = new MessageIndex(elasticsearch, client, made, alias, alias + "-1");
        server.ensure();
        assertThat(index.getMapping().get("properties"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsKeys("message", "version", "deleted");
        assertThat(server.index().isOutdated()).isTrue();
        assertThat(index.delete()).isTrue();
    }

    private MessageSent attached(String body) {
        Attachment picture =
                new Attachment("a.png", "image/png", 7, "0".repeat(64), URI.create("https://files.example/a.png"));
        return new MessageSent(
                room.id, Room.newMessage(), alice, body, Room.newMessage(), List.of(bob), List.of(picture), Room.now());
    }

    private MessageDocument document(MessageId message) {
        ask(alice, MESSAGES, room.id);
        return index.find(List.of(MessageKey.of(room.id, message))).getFirst();
    }

    private int total(String q) {
        return ask(bob, SEARCH, q).at("/total").asInt();
    }
}
