package dev.parley.query.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// How far members have read, and whether they want to be told.
class MarksIT extends Running {

    private static final String INBOX = "/api/v1/conversations";
    private static final String MEMBERS = "/api/v1/conversations/{id}/members";
    private static final String RECEIPTS = "/api/v1/conversations/{id}/receipts";

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
    void readingCountsMessagesAndNothingElse() {
        room.say(alice, "one"); // seq 1
        room.topic(alice, "tea");
        room.say(alice, "two"); // seq 3
        MessageId three = room.say(alice, "three");
        room.react(alice, three, "+1");
        room.say(alice, "four"); // seq 6

        assertThat(unread(bob)).isEqualTo(4);
        room.read(bob, 2, true);
        assertThat(unread(bob)).isEqualTo(3);
        room.read(bob, 3, false);
        assertThat(unread(bob)).isEqualTo(2);
        room.read(bob, 1, true);
        assertThat(unread(bob)).isEqualTo(2);
        room.read(bob, 5, true);
        assertThat(unread(bob)).isEqualTo(1);
    }

    @Test
    void aMarkBeyondTheNewestIsTheNewestThen() {
        room.say(alice, "one");
        room.read(bob, 1_000_000, true);
        room.say(alice, "two");

        assertThat(unread(bob)).isEqualTo(1);
        assertThat(receipt(alice, bob, "read").asLong()).isEqualTo(1);
    }

    @Test
    void whoJoinsAgainOwesWhatIsSaidSince() {
        room.say(alice, "one");
        room.remove(bob);
        room.read(bob, 1, true);
        room.say(alice, "two");
        room.add(bob);
        room.say(alice, "three");
        room.read(bob, 1, true);

        assertThat(unread(bob)).isEqualTo(1);
    }

    @Test
    void onlyTheMemberItselfSeesThatItIsMuted() {
        Instant until = Room.now().plus(Duration.ofHours(1));
        room.mute(bob, until);
        assertThat(entry(bob, "/muted").asBoolean()).isTrue();
        assertThat(Instant.parse(entry(bob, "/mutedUntil").asString())).isEqualTo(until);
        assertThat(entry(alice, "/muted").isMissingNode()).isTrue();

        room.mute(bob, null);
        assertThat(entry(bob, "/muted").asBoolean()).isTrue();
        assertThat(entry(bob, "/mutedUntil").isMissingNode()).isTrue();
        room.mute(bob, Room.now().minusSeconds(1));
        assertThat(entry(bob, "/muted").isMissingNode()).isTrue();
        room.mute(bob, null);
        room.unmute(bob);
        assertThat(entry(bob, "/muted").isMissingNode()).isTrue();
    }

    @Test
    void receiptsAreSharedMarksOfMembersOfNow() {
        AccountId carol = Room.register(store, "carol-" + UUID.randomUUID());
        room.add(carol);
        room.say(alice, "one");
        room.say(alice, "two"); // seq 3
        room.deliver(bob, 3);
        room.read(bob, 2, true);
        room.mute(carol, null);

        Answer receipts = ask(alice, RECEIPTS + "?limit=1", room.id);
        Answer rest = ask(
                alice, RECEIPTS + "?cursor={c}", room.id, receipts.at("/next").asString());
        assertThat(receipts.at("/receipts").size()).isEqualTo(1);
        assertThat(rest.at("/receipts").size()).isEqualTo(1);
        assertThat(rest.json().has("next")).isFalse();
        boolean bobFirst = receipts.at("/receipts/0/account").asString().equals(bob.toString());
        assertReceipt(bobFirst ? receipts : rest, "bob-", 3, 2);
        assertReceipt(bobFirst ? rest : receipts, "alice-", 3, 3);

        room.remove(bob);
        assertThat(ask(alice, RECEIPTS, room.id).at("/receipts").size()).isEqualTo(1);
        assertThat(ask(bob, RECEIPTS, room.id).status()).isEqualTo(403);
        assertThat(ask(alice, RECEIPTS + "?cursor=x", room.id).at("/field").asString())
                .isEqualTo("cursor");
    }

    @Test
    void whatWasSharedBeforeTheConversationGrewIsHiddenFromOthers() {
        room.say(alice, "one");
        room.say(alice, "two");
        room.read(bob, 1, true);
        assertThat(receipt(alice, bob, "read").asLong()).isEqualTo(1);
        room.read(bob, 2, false);

        assertThat(receipt(alice, bob, "read").isMissingNode()).isTrue();
        assertThat(member(alice, bob, "read").isMissingNode()).isTrue();
        assertThat(member(alice, bob, "role").asString()).isEqualTo("member");
        assertThat(receipt(bob, bob, "read").asLong()).isEqualTo(2);
        assertThat(member(bob, bob, "read").asLong()).isEqualTo(2);
        room.read(bob, 2, true);
        assertThat(receipt(alice, bob, "read").asLong()).isEqualTo(2);
    }

    @Test
    void whoSendsHasReadUpToIt() {
        room.say(alice, "one");
        assertThat(receipt(bob, bob, "read").isMissingNode()).isTrue();
        room.say(bob, "two");
        assertThat(receipt(alice, bob, "read").asLong()).isEqualTo(2);
        assertThat(receipt(alice, bob, "delivered").asLong()).isEqualTo(2);
        assertThat(receipt(bob, alice, "read").asLong()).isEqualTo(1);
    }

    @Test
    void mentionsCountUntilTheyAreRead() {
        MessageId first = room.say(calling(alice, "one", bob)); // seq 1
        room.say(alice, "two");
        MessageId third = room.say(calling(alice, "three", bob, alice, bob));
        MessageId fourth = room.say(calling(alice, "four", bob));
        assertThat(entry(bob, "/mentions").asLong()).isEqualTo(3);
        assertThat(entry(alice, "/mentions").asLong()).isZero();

        room.edit(alice, third, "three, for nobody");
        assertThat(entry(bob, "/mentions").asLong()).isEqualTo(2);
        room.edit(alice, third, "three again", bob);
        assertThat(entry(bob, "/mentions").asLong()).isEqualTo(2);
        room.delete(alice, fourth);
        room.edit(alice, fourth, "from the dead", bob);
        assertThat(entry(bob, "/mentions").asLong()).isEqualTo(1);
        room.read(bob, room.seqOf(first), false);
        assertThat(entry(bob, "/mentions").asLong()).isZero();
        assertThat(unread(bob)).isEqualTo(3);
    }

    @Test
    void whoComesBackOwesNoMentionOfBefore() {
        room.say(calling(alice, "one", bob));
        room.remove(bob);
        room.say(calling(alice, "two", bob));
        room.add(bob);
        assertThat(entry(bob, "/mentions").asLong()).isZero();
        room.say(calling(alice, "three", bob));
        assertThat(entry(bob, "/mentions").asLong()).isEqualTo(1);
        room.say(bob, "here");
        assertThat(entry(bob, "/mentions").asLong()).isZero();
    }

    @Test
    void membersComeInPages() {
        for (int i = 0; i < 4; i++) {
            room.add(Room.register(store, "more-" + UUID.randomUUID()));
        }
        room.promote(bob, MemberRole.ADMIN);
        Set<String> seen = new TreeSet<>();
        Answer page = ask(bob, MEMBERS + "?limit=4", room.id);
        page.at("/members").forEach(one -> seen.add(one.at("/account").asString()));
        assertThat(seen).hasSize(4);
        page = ask(
                bob, MEMBERS + "?limit=4&cursor={c}", room.id, page.at("/next").asString());
        page.at("/members").forEach(one -> seen.add(one.at("/account").asString()));
        assertThat(seen).hasSize(6);
        assertThat(page.json().has("next")).isFalse();
        assertThat(member(alice, bob, "role").asString()).isEqualTo("admin");
        assertThat(member(alice, bob, "username").asString()).startsWith("bob-");
        assertThat(member(alice, bob, "displayName").asString()).startsWith("BOB-");
        assertThat(ask(new AccountId(UUID.randomUUID()), MEMBERS, room.id).status())
                .isEqualTo(403);
        assertThat(ask(bob, MEMBERS + "?cursor=x", room.id).at("/field").asString())
                .isEqualTo("cursor");
        room.remove(bob);
        assertThat(ask(bob, MEMBERS, room.id).status()).isEqualTo(403);
        assertThat(member(alice, bob, "role").isMissingNode()).isTrue();
    }

    @Test
    void theLastMessageFollowsEditsAndGoesWithItsDeletion() {
        MessageId older = room.say(alice, "older");
        MessageId last = room.say(alice, "newer");
        room.edit(alice, older, "older, edited");
        assertThat(entry(bob, "/lastMessage/body").asString()).isEqualTo("newer");
        room.edit(alice, last, "newest");
        assertThat(entry(bob, "/lastMessage/body").asString()).isEqualTo("newest");
        room.delete(alice, last);
        room.edit(alice, last, "from the dead");
        assertThat(entry(bob, "/lastMessage/id").asString()).isEqualTo(last.toString());
        assertThat(entry(bob, "/lastMessage/deleted").asBoolean()).isTrue();
        assertThat(entry(bob, "/lastMessage/body").isMissingNode()).isTrue();
        room.say(new MessageSent(room.id, Room.newMessage(), alice, "again", Room.now()));
        assertThat(entry(bob, "/lastMessage/deleted").isMissingNode()).isTrue();
    }

    private MessageSent calling(AccountId sender, String body, AccountId... whom) {
        return new MessageSent(room.id, Room.newMessage(), sender, body, null, List.of(whom), List.of(), Room.now());
    }

    private JsonNode receipt(AccountId as, AccountId of, String field) {
        return of(ask(as, RECEIPTS, room.id).at("/receipts"), of, field);
    }

    private JsonNode member(AccountId as, AccountId of, String field) {
        return of(ask(as, MEMBERS, room.id).at("/members"), of, field);
    }

    private static JsonNode of(JsonNode list, AccountId account, String field) {
        return list.valueStream()
                .filter(one -> one.at("/account").asString().equals(account.toString()))
                .findFirst()
                .orElse(MissingNode.getInstance())
                .at("/" + field);
    }

    private long unread(AccountId account) {
        return entry(account, "/unread").asLong();
    }

    private JsonNode entry(AccountId account, String pointer) {
        return ask(account, INBOX).at("/conversations/0" + pointer);
    }

    private static void assertReceipt(Answer answer, String username, long delivered, long read) {
        assertThat(answer.at("/receipts/0/username").asString()).startsWith(username);
        assertThat(answer.at("/receipts/0/delivered").asLong()).isEqualTo(delivered);
        assertThat(answer.at("/receipts/0/read").asLong()).isEqualTo(read);
    }
}
