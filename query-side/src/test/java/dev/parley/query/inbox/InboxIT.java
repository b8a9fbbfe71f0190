package dev.parley.query.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.HistoryVisibility;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InboxIT extends Running {

    @Test
    void listsConversationsByNewestActivityWithUnreadMessages() {
        AccountId alice = Room.register(store, "alice-" + UUID.randomUUID());
        AccountId bob = Room.register(store, "bob-" + UUID.randomUUID());
        Room first = Room.of(store, alice, bob);
        Room second = Room.of(store, alice, bob);
        first.say(alice, "one");
        MessageId last = first.say(alice, "two");

        Answer inbox = ask(bob, "/api/v1/conversations");

        assertThat(inbox.at("/conversations").size()).isEqualTo(2);
        assertThat(inbox.at("/conversations/0/id").asString()).isEqualTo(first.id.toString());
        assertThat(inbox.at("/conversations/0/kind").asString()).isEqualTo("group");
        assertThat(inbox.at("/conversations/0/unread").asInt()).isEqualTo(2);
        assertThat(inbox.at("/conversations/0/lastMessage/id").asString()).isEqualTo(last.toString());
        assertThat(inbox.at("/conversations/0/lastMessage/body").asString()).isEqualTo("two");
        assertThat(inbox.at("/conversations/0/lastMessage/username").asString()).startsWith("alice-");
        assertThat(inbox.at("/conversations/1/id").asString()).isEqualTo(second.id.toString());
        assertThat(inbox.at("/conversations/1/unread").asInt()).isZero();
        assertThat(inbox.at("/conversations/1").has("lastMessage")).isFalse();
        assertThat(ask(alice, "/api/v1/conversations")
                        .at("/conversations/0/unread")
                        .asInt())
                .isZero();
    }

    @Test
    void whoSendsHasReadWhatWasThereAndWhoJoinsOwesNothing() {
        AccountId alice = Room.register(store, "a-" + UUID.randomUUID());
        AccountId bob = Room.register(store, "b-" + UUID.randomUUID());
        AccountId carol = Room.register(store, "c-" + UUID.randomUUID());
        Room room = Room.of(store, alice, bob);
        room.say(alice, "one");
        room.say(alice, "two");
        room.say(bob, "three");
        room.add(carol);
        room.takeOver(alice, "from the archive", 1);
        room.say(alice, "four");

        assertThat(ask(bob, "/api/v1/conversations")
                        .at("/conversations/0/unread")
                        .asInt())
                .isEqualTo(1);
        assertThat(ask(carol, "/api/v1/conversations")
                        .at("/conversations/0/unread")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void pagesByCursor() {
        AccountId alice = Room.register(store, "pages-" + UUID.randomUUID());
        for (int i = 0; i < 5; i++) {
            Room.of(store, alice);
        }
        Answer first = ask(alice, "/api/v1/conversations?limit=2");
        Answer second = ask(
                alice,
                "/api/v1/conversations?limit=2&cursor={c}",
                first.at("/next").asString());
        Answer third = ask(
                alice,
                "/api/v1/conversations?limit=2&cursor={c}",
                second.at("/next").asString());

        assertThat(second.at("/conversations").size()).isEqualTo(2);
        assertThat(third.at("/conversations").size()).isEqualTo(1);
        assertThat(third.json().has("next")).isFalse();
    }

    @Test
    void detailIsForMembersOfNow() {
        AccountId alice = Room.register(store, "detail-a-" + UUID.randomUUID());
        AccountId bob = Room.register(store, "detail-b-" + UUID.randomUUID());
        AccountId stranger = Room.register(store, "detail-c-" + UUID.randomUUID());
        Room room = Room.of(store, alice, bob);
        room.say(alice, "hi");
        room.takeOver(alice, "old", 1);

        Answer detail = ask(bob, "/api/v1/conversations/{id}", room.id);
        assertThat(detail.at("/title").asString()).isEqualTo("Tea");
        assertThat(detail.at("/messages").asInt()).isEqualTo(2);
        assertThat(detail.at("/memberCount").asInt()).isEqualTo(2);
        assertThat(detail.at("/members/0/username").asString()).startsWith("detail-a-");
        assertThat(detail.at("/members/0/displayName").asString()).startsWith("DETAIL-A-");
        assertThat(detail.at("/members/0/role").asString()).isEqualTo("owner");

        assertThat(ask(stranger, "/api/v1/conversations/{id}", room.id).status())
                .isEqualTo(403);
        assertThat(ask(alice, "/api/v1/conversations/{id}", UUID.randomUUID()).status())
                .isEqualTo(403);
        room.remove(bob);
        assertThat(ask(bob, "/api/v1/conversations/{id}", room.id).status()).isEqualTo(403);
        assertThat(ask(bob, "/api/v1/conversations").at("/conversations").size())
                .isZero();
    }

    @Test
    void showsWhatTheConversationIsCalledAndWhoIsWhatInItNow() {
        AccountId alice = Room.register(store, "named-a-" + UUID.randomUUID());
        AccountId bob = Room.register(store, "named-b-" + UUID.randomUUID());
        Room room = Room.of(store, alice, bob);
        room.say(alice, "before carol");
        room.rename(alice, "Coffee");
        room.topic(alice, "beans");
        room.promote(bob, MemberRole.ADMIN);
        AccountId carol = Room.register(store, "named-c-" + UUID.randomUUID());
        room.add(carol);

        Answer inbox = ask(carol, "/api/v1/conversations");
        assertThat(inbox.at("/conversations/0/title").asString()).isEqualTo("Coffee");
        assertThat(inbox.at("/conversations/0/topic").asString()).isEqualTo("beans");
        assertThat(inbox.at("/conversations/0").has("lastMessage")).isFalse();
        Answer detail = ask(bob, "/api/v1/conversations/{id}", room.id);
        assertThat(detail.at("/title").asString()).isEqualTo("Coffee");
        assertThat(detail.at("/topic").asString()).isEqualTo("beans");
        assertThat(detail.at("/history").asString()).isEqualTo("since-joining");
        assertThat(detail.at("/members/1/role").asString()).isEqualTo("admin");

        room.show(alice, HistoryVisibility.ALL);
        room.rename(alice, null);
        room.topic(alice, null);
        inbox = ask(carol, "/api/v1/conversations");
        assertThat(inbox.at("/conversations/0/lastMessage/body").asString()).isEqualTo("before carol");
        assertThat(inbox.at("/conversations/0").has("title")).isFalse();
        assertThat(inbox.at("/conversations/0").has("topic")).isFalse();
        assertThat(ask(bob, "/api/v1/conversations/{id}", room.id)
                        .at("/history")
                        .asString())
                .isEqualTo("all");
    }

    @Test
    void textThatPostgresCannotHoldDoesNotStopTheInbox() {
        AccountId alice = Room.register(store, "nul\u0000-" + UUID.randomUUID());
        Room room = Room.of(store, alice);
        room.say(alice, "a\u0000b");

        assertThat(ask(alice, "/api/v1/conversations")
                        .at("/conversations/0/lastMessage/body")
                        .asString())
                .isEqualTo("a\uFFFDb");
    }

    @Test
    void badParametersAreNamed() {
        AccountId alice = new AccountId(UUID.randomUUID());
        assertNamed("limit", ask(alice, "/api/v1/conversations?limit=0"));
        assertNamed("limit", ask(alice, "/api/v1/conversations?limit=201"));
        assertNamed("limit", ask(alice, "/api/v1/conversations?limit=many"));
        assertNamed("cursor", ask(alice, "/api/v1/conversations?cursor=nonsense"));
        assertNamed("cursor", ask(alice, "/api/v1/conversations?cursor=c2VhcmNoOjE"));
        assertNamed("id", ask(alice, "/api/v1/conversations/nonsense"));
        assertNamed("Parley-After", askAfter(alice, "soon", "/api/v1/conversations"));
    }

    @Test
    void aReadThatWaitsForTheFutureIsRefusedInTime() {
        long start = System.nanoTime();
        Answer answer = askAfter(new AccountId(UUID.randomUUID()), "999999999", "/api/v1/conversations");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(System.nanoTime() - start).isLessThan(7_000_000_000L);
    }

    private static void assertNamed(String field, Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/code").asString()).isEqualTo("invalid");
        assertThat(answer.at("/field").asString()).isEqualTo(field);
    }
}
