package dev.parley.query.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.query.FindUnread;
import dev.parley.messages.query.Unread;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.progress.ProjectionProgress;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/// What an app's badge shows, asked over the bus as the notifications role asks it.
class UnreadCountsIT extends Running {

    @Autowired
    private QueryGateway queries;

    @Autowired
    private ProjectionProgress progress;

    private AccountId alice;
    private AccountId bob;
    private Room tea;
    private Room coffee;

    @BeforeEach
    void twoConversations() {
        alice = Room.register(store, "alice-" + UUID.randomUUID());
        bob = Room.register(store, "bob-" + UUID.randomUUID());
        tea = Room.of(store, alice, bob);
        coffee = Room.of(store, bob, alice);
    }

    @Test
    void conversationsCountAndNotTheirMessages() {
        tea.say(alice, "one");
        tea.say(alice, "two");
        assertThat(conversations(bob)).isEqualTo(1);
        coffee.say(alice, "three");
        assertThat(conversations(bob)).isEqualTo(2);
        assertThat(conversations(alice)).isZero();

        tea.read(bob, 2, true);
        assertThat(conversations(bob)).isEqualTo(1);
        coffee.say(bob, "answered");
        assertThat(conversations(bob)).isZero();
        assertThat(conversations(alice)).isEqualTo(1);
    }

    @Test
    void whatIsReadOnlyInPartIsUnread() {
        tea.say(alice, "one");
        tea.say(alice, "two");
        tea.read(bob, 1, true);
        assertThat(conversations(bob)).isEqualTo(1);
    }

    @Test
    void aMutedConversationCountsWhileAnUnreadMessageCallsTheAccount() {
        tea.mute(bob, null);
        tea.say(alice, "for nobody");
        assertThat(conversations(bob)).isZero();

        MessageId call = tea.say(calling(tea, "for bob", bob));
        assertThat(conversations(bob)).isEqualTo(1);
        tea.read(bob, tea.seqOf(call), false);
        tea.say(alice, "for nobody again");
        assertThat(conversations(bob)).isZero();

        MessageId taken = tea.say(calling(tea, "for bob again", bob));
        tea.delete(alice, taken);
        assertThat(conversations(bob)).isZero();
        tea.unmute(bob);
        assertThat(conversations(bob)).isEqualTo(1);
    }

    @Test
    void aMuteThatIsOverHidesNothing() {
        tea.say(alice, "one");
        tea.mute(bob, Room.now().plusSeconds(3_600));
        assertThat(conversations(bob)).isZero();
        tea.mute(bob, Room.now().minusSeconds(1));
        assertThat(conversations(bob)).isEqualTo(1);
    }

    @Test
    void whoLeftOwesNothingAndWhoComesBackOwesWhatIsSaidSince() {
        tea.say(alice, "one");
        tea.remove(bob);
        assertThat(conversations(bob)).isZero();
        tea.add(bob);
        assertThat(conversations(bob)).isZero();
        tea.say(alice, "two");
        assertThat(conversations(bob)).isEqualTo(1);
    }

    @Test
    void aDeletedMessageCountsAsTheInboxCountsIt() {
        tea.delete(alice, tea.say(alice, "one"));
        assertThat(conversations(bob)).isEqualTo(shown(bob));
        assertThat(conversations(bob)).isEqualTo(1);
    }

    @Test
    void whatIsTakenOverFromAnArchiveIsNeverUnread() {
        tea.takeOver(alice, "from the archive", 1);
        assertThat(conversations(bob)).isZero();
    }

    @Test
    void eachAccountIsThereOnceAndThoseThatAreGoneAreAbsent() {
        AccountId alone = Room.register(store, "alone-" + UUID.randomUUID());
        AccountId gone = new AccountId(UUID.randomUUID());
        tea.say(alice, "one");

        assertThat(ask(Set.of(alice, bob, alone, gone), head()).counts())
                .containsExactlyInAnyOrder(
                        new Unread.Count(alice, 0), new Unread.Count(bob, 1), new Unread.Count(alone, 0));
        assertThat(ask(Set.of(), head()).counts()).isEmpty();
    }

    @Test
    void theAnswerHasReadUpToThePositionAskedFor() {
        long head = head();
        assertThat(ask(Set.of(bob), head).position()).isGreaterThanOrEqualTo(head);
    }

    @Test
    void aPositionThatIsNotReachedIsAnsweredWithWhatThereIs() {
        tea.say(alice, "one");
        long head = head();
        conversations(bob);

        Unread answer = ask(Set.of(bob), head + 1_000_000);
        assertThat(answer.counts()).containsExactly(new Unread.Count(bob, 1));
        assertThat(answer.position())
                .isBetween(head, progress.position(QuerySideConfiguration.INBOX))
                .isLessThan(head + 1_000_000);
    }

    /// As many as Axon's query threads would hold for much longer, if each waited on one of them.
    @Test
    void manyThatWaitAreAnsweredTogether() {
        tea.say(alice, "one");
        long future = head() + 1_000_000;
        List<CompletableFuture<Unread>> waiting = IntStream.range(0, 200)
                .mapToObj(i -> queries.query(new FindUnread(Set.of(bob), future), Unread.class))
                .toList();
        assertThat(waiting)
                .allSatisfy(
                        answer -> assertThat(answer.get(10, TimeUnit.SECONDS).counts())
                                .containsExactly(new Unread.Count(bob, 1)));
    }

    @Test
    void aThousandAccountsAreAnsweredAndOneMoreIsRefused() {
        Set<AccountId> strangers = Stream.generate(() -> new AccountId(UUID.randomUUID()))
                .limit(999)
                .collect(Collectors.toSet());
        strangers.add(bob);
        assertThat(ask(strangers, head()).counts()).containsExactly(new Unread.Count(bob, 0));

        strangers.add(alice);
        assertThatThrownBy(() -> ask(strangers, head())).hasMessageContaining("1,000");
    }

    private MessageSent calling(Room room, String body, AccountId whom) {
        return new MessageSent(room.id, Room.newMessage(), alice, body, null, List.of(whom), List.of(), Room.now());
    }

    private long head() {
        return store.createHeadToken().position().orElseThrow();
    }

    /// What is counted is what the inbox shows the account itself.
    private int conversations(AccountId account) {
        Map<AccountId, Integer> counts = ask(Set.of(account), head()).counts().stream()
                .collect(Collectors.toMap(Unread.Count::account, Unread.Count::conversations));
        assertThat(counts).containsExactly(Map.entry(account, shown(account)));
        return counts.get(account);
    }

    private int shown(AccountId account) {
        int unread = 0;
        for (JsonNode entry : ask(account, "/api/v1/conversations").at("/conversations")) {
            boolean rings = !entry.path("muted").asBoolean(false)
                    || entry.path("mentions").asLong() > 0;
            unread += entry.path("unread").asLong() > 0 && rings ? 1 : 0;
        }
        return unread;
    }

    private Unread ask(Set<AccountId> accounts, long position) {
        return queries.query(new FindUnread(accounts, position), Unread.class).join();
    }
}
