package dev.parley.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.parley.messages.AccountId;
import dev.parley.messages.GameId;
import dev.parley.messages.archive.ArchiveEvent;
import dev.parley.messages.archive.ArchiveEvent.SavedSearchDeleted;
import dev.parley.messages.archive.ArchiveEvent.SearchSaved;
import dev.parley.messages.archive.ArchiveFilters;
import dev.parley.messages.archive.SavedSearchId;
import dev.parley.messages.game.Seat;
import dev.parley.testing.Lobby;
import dev.parley.testing.Room;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.event.Event;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class TablesRebuildIT extends Rebuilt {

    private static final String KEPT = "select id, account, name, query, filters, saved_at from query_side.saved_search"
            + " where not deleted and account = ? order by id";

    private static final String LOBBY_LETTERS = "from axon.dead_letter_entry where processinggroup = 'lobby'";

    /// What can be wrong with a conversation.
    private static final List<String> WRONG = List.of(
            "update query_side.conversation set sent = sent + 1 where id = ?",
            "update query_side.member set read_sent = read_sent - 1 where conversation = ?",
            "update query_side.member set role = 'ADMIN' where conversation = ?",
            "update query_side.member set from_position = from_position + 1 where conversation = ?",
            "update query_side.sent_run set before = before + 1 where conversation = ?",
            "update query_side.mark set read_seq = read_seq + 1 where conversation = ?",
            "update query_side.mark set shared = not shared where conversation = ? and shared is not null",
            "update query_side.mark set muted = not muted where conversation = ?",
            "delete from query_side.mark where conversation = ? and delivered_seq is not null",
            "delete from query_side.mention where conversation = ?");

    @Autowired
    private AxonServerConnectionManager axonServer;

    @Test
    void inboxesBuiltAnewAreAsTheyWere() {
        Answer list = ask(bob, CONVERSATIONS);
        Answer detail = ask(bob, CONVERSATION, room.id);
        Answer receipts = ask(alice, CONVERSATION + "/receipts", room.id);
        assertThat(list.at("/conversations/0/unread").asInt()).isEqualTo(1);
        jdbc.update("update query_side.conversation set sent = 99, title = 'wrong' where id = ?", room.id.value());
        jdbc.update("delete from query_side.mark where conversation = ?", room.id.value());
        jdbc.update(
                "delete from query_side.member where conversation = ? and account = ?", room.id.value(), alice.value());

        rebuild("inbox");
        assertThat(ask(bob, CONVERSATIONS)).isEqualTo(list);
        assertThat(ask(bob, CONVERSATION, room.id)).isEqualTo(detail);
        assertThat(ask(alice, CONVERSATION + "/receipts", room.id)).isEqualTo(receipts);
        assertThat(jdbc.queryForList(
                        "select indexname from pg_indexes where schemaname = 'query_side' and tablename = 'member'",
                        String.class))
                .contains("member_now", "member_pkey");
        awaitNothingLeft("inbox");

        room.say(alice, "after that");
        assertThat(ask(bob, CONVERSATIONS)
                        .at("/conversations/0/lastMessage/body")
                        .asString())
                .isEqualTo("after that");
    }

    @Test
    void anInboxInWhichAnythingIsNotAsTheLogSaysIsRefused() {
        Map<Room, String> wrong = new LinkedHashMap<>();
        for (String each : WRONG) {
            Room other = Room.of(store, alice, bob);
            talk(other, other.say(alice, "tea at five"));
            wrong.put(other, each);
        }
        Answer list = ask(bob, CONVERSATIONS);
        run(
                begin("inbox"),
                batch -> {},
                next -> wrong.forEach((other, sql) ->
                        assertThat(next.update(sql, other.id.value())).isPositive()));

        assertThat(found("inbox").state()).isEqualTo(RebuildState.FAILED);
        assertThat(found("inbox").verification().differing())
                .containsExactlyInAnyOrderElementsOf(wrong.keySet().stream()
                        .map(other -> other.id.toString())
                        .toList());
        assertThat(ask(bob, CONVERSATIONS)).isEqualTo(list);
        assertThat(schemas("inbox")).isNotEmpty();
        rebuilds.start();
        awaitNothingLeft("inbox");
        assertThat(projection("inbox").at("/rebuild/state").asString()).isEqualTo("failed");
        assertThat(projection("inbox").at("/rebuild/differing").size()).isEqualTo(WRONG.size());
    }

    @Test
    void theListOfGamesBuiltAnewIsAsItWas() {
        Lobby lobby = new Lobby(store);
        GameId game = lobby.create(alice, "a game");
        lobby.take(game, Seat.BLACK, alice);
        Answer games = ask(bob, "/game");
        jdbc.update("delete from query_side.game");
        rebuild("lobby");
        assertThat(ask(bob, "/game")).isEqualTo(games);
    }

    @Test
    void savedSearchesBuiltAnewAreAsTheyWere() {
        SearchSaved gone = saved("gone", null);
        keep(0, saved("old words", "tea from:me"));
        keep(1, gone);
        keep(2, saved("n\u0000", "t\u0000"));
        keep(3, new SavedSearchDeleted(gone.search(), alice, Room.now()));
        awaitProjections();
        List<Map<String, Object>> kept = jdbc.queryForList(KEPT, alice.value());
        assertThat(kept).hasSize(2);
        jdbc.update("update query_side.saved_search set name = 'wrong', deleted = false");
        rebuild("archive");
        assertThat(jdbc.queryForList(KEPT, alice.value())).isEqualTo(kept);
    }

    @Test
    void savedSearchesThatAreNotAsTheLogSaysAreRefused() {
        SearchSaved saved = saved("tea", "tea");
        keep(0, saved);
        run(
                begin("archive"),
                batch -> {},
                next -> next.update(
                        "update query_side.saved_search set query = 'coffee'" + " where id = ?",
                        saved.search().value()));
        assertThat(found("archive").state()).isEqualTo(RebuildState.FAILED);
        assertThat(found("archive").verification().differing())
                .containsExactly(saved.search().toString());
    }

    @Test
    void whatWasClearedDoesNotComeBack() {
        keep(0, saved("of before", "tea"));
        new Lobby(store).clear();
        room.say(alice, "tea, the race");
        room.read(bob, 1_000, true);
        Room other = Room.of(store, alice);
        other.say(alice, "tea again");
        Answer list = ask(alice, CONVERSATIONS);
        for (String projection : List.of("history", "inbox", "lobby", "archive")) {
            rebuild(projection);
        }
        assertThat(ask(alice, CONVERSATIONS)).isEqualTo(list);
        assertThat(ask(alice, SEARCH, "tea").at("/total").asInt()).isEqualTo(1);
        assertThat(ask(alice, HISTORY, room.id).status()).isEqualTo(403);
        assertThat(jdbc.queryForList(KEPT, alice.value())).isEmpty();
        room.say(alice, "tea, the race after the rebuild");
        assertThat(ask(alice, SEARCH, "tea").at("/total").asInt()).isEqualTo(1);
    }

    @Test
    void ofAProjectionThatWasBuiltAnewOnlyLettersThatCannotBeReadAreLeft() throws Exception {
        byte[] broken = "{\"game\": ".getBytes(StandardCharsets.UTF_8);
        Lobby lobby = new Lobby(store);
        jdbc.execute("alter table query_side.game add constraint for_now check (name <> 'refused')");
        GameId refused = lobby.create(alice, "refused");
        append(lobby.number(), broken);
        awaitProjections();
        assertThat(jdbc.queryForObject("select count(*) " + LOBBY_LETTERS, Integer.class))
                .isEqualTo(2);
        jdbc.execute("alter table query_side.game drop constraint for_now");

        rebuild("lobby");
        assertThat(jdbc.queryForObject("select name from query_side.game where id = ?", String.class, refused.value()))
                .isEqualTo("refused");
        assertThat(jdbc.queryForList("select payload " + LOBBY_LETTERS, byte[].class))
                .containsExactly(broken);
        jdbc.update("delete from axon.dead_letter_entry");
    }

    private void append(GameId game, byte[] payload) throws Exception {
        axonServer
                .getConnection()
                .eventChannel()
                .appendEvents(Event.newBuilder()
                        .setMessageIdentifier(UUID.randomUUID().toString())
                        .setAggregateIdentifier("game-" + game)
                        .setAggregateType("Game")
                        .setTimestamp(System.currentTimeMillis())
                        .setPayload(SerializedObject.newBuilder()
                                .setType("GameCreated")
                                .setRevision("1")
                                .setData(ByteString.copyFrom(payload)))
                        .build())
                .get(10, TimeUnit.SECONDS);
    }

    private SearchSaved saved(String name, String query) {
        ArchiveFilters filters =
                new ArchiveFilters(List.of(bob), List.of(), List.of("latin"), List.of(), null, Room.now());
        return new SearchSaved(new SavedSearchId(UUID.randomUUID()), alice, name, query, filters, Room.now());
    }

    private void keep(int seq, ArchiveEvent fact) {
        AccountId analyst = fact.account();
        store.publish(new GenericDomainEventMessage<>("Analyst", analyst + ".archive", seq, fact));
    }
}
