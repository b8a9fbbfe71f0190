package dev.parley.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.notifications.device.DeviceStore;
import dev.parley.notifications.device.Platform;
import dev.parley.notifications.device.PushTarget;
import dev.parley.notifications.outbox.Tally;
import dev.parley.notifications.testing.ApnsMock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who is rung for what, and what is taken back, over a real PostgreSQL and APNs's protocol. Each test has accounts of
/// its own.
class PolicyIT {

    @TempDir
    static Path work;

    private static HikariDataSource database;
    private static ApnsMock apns;
    private static RunningRole role;
    private static Chat chat;

    private final String token = (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
    private final AccountId alice = chat.account("Alice");
    private final AccountId bob = chat.account("Bob");
    private final ConversationId tea = chat.group("Tea", alice, bob);

    @BeforeAll
    static void start() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        database = TestDatabase.create();
        apns = ApnsMock.start(work);
        Map<String, Object> settings = new HashMap<>(apns.settings("parley.notifications."));
        settings.put("parley.notifications.outbox.retry.most", "1s");
        settings.put("parley.notifications.breaker.open", "500ms");
        role = RunningRole.start(database, new InMemoryEventStorageEngine(), settings);
        chat = new Chat(role);
    }

    @AfterAll
    static void stop() {
        role.close();
        apns.close();
        database.close();
        Awaitility.reset();
    }

    @AfterEach
    void free() {
        apns.free();
    }

    @Test
    void aMutedConversationIsSilentUntilItIsNot() {
        register(bob, "phone", token);
        chat.mute(tea, bob, null);
        Chat.Message muted = chat.say(tea, alice, "for nobody's ears");
        await().untilAsserted(
                        () -> assertThat(outcomes(muted)).containsExactly("phone message muted conversation-muted"));
        chat.mute(tea, bob, Instant.now().minusSeconds(1));
        Chat.Message expired = chat.say(tea, alice, "the mute is over");
        await().untilAsserted(() -> assertThat(outcomes(expired)).containsExactly("phone message sent sent"));
        chat.mute(tea, bob, null);
        chat.unmute(tea, bob);
        Chat.Message unmuted = chat.say(tea, alice, "and this one was taken back");
        await().untilAsserted(() -> assertThat(outcomes(unmuted)).containsExactly("phone message sent sent"));
    }

    @Test
    void aMentionBreaksMuteUnlessItsReaderSaysNo() {
        AccountId carol = chat.account("Carol");
        chat.add(tea, carol, alice);
        register(bob, "phone", token);
        register(carol, "carols", "cc" + token.substring(2));
        prefer(carol, true, false, null, null);
        chat.mute(tea, bob, null);
        chat.mute(tea, carol, null);
        Chat.Message forBob = chat.mention(tea, alice, bob, "@Bob?");
        Chat.Message forCarol = chat.mention(tea, alice, carol, "@Carol?");

        await().untilAsserted(() -> assertThat(outcomes(forBob))
                .containsExactlyInAnyOrder("phone message sent sent", "carols message muted conversation-muted"));
        await().untilAsserted(() -> assertThat(outcomes(forCarol))
                .containsExactlyInAnyOrder(
                        "phone message muted conversation-muted", "carols message muted conversation-muted"));
        assertThat(received(token)
                        .getFirst()
                        .payload()
                        .at("/aps/interruption-level")
                        .asString())
                .isEqualTo("time-sensitive");
    }

    @Test
    void quietHoursAreSilent() {
        register(bob, "phone", token);
        var now = Instant.now().atZone(ZoneOffset.ofHours(9)).toLocalTime();
        prefer(bob, true, true, now.minusHours(1).toString(), now.plusHours(1).toString());
        Chat.Message message = chat.say(tea, alice, "psst");
        await().untilAsserted(() -> assertThat(outcomes(message)).containsExactly("phone message muted quiet-hours"));
    }

    @Test
    void withoutAPreviewNothingThatWasSaidLeaves() {
        register(bob, "phone", token);
        prefer(bob, false, true, null, null);
        chat.say(tea, alice, "the launch code is 0000");
        await().until(() -> received(token).size() == 1);
        var payload = received(token).getFirst().payload();
        assertThat(payload.toString()).doesNotContain("launch");
        assertThat(payload.at("/aps/alert/loc-key").asString()).isEqualTo("NEW_MESSAGE");
        assertThat(payload.at("/aps/alert/title").asString()).isEqualTo("Alice · Tea");
    }

    @Test
    void theBadgeIsSentWhenItChanged() {
        register(bob, "phone", token);
        role.gateway().unread(bob, 3);
        chat.say(tea, alice, "one");
        await().until(() -> received(token).size() == 1);
        await().until(() -> badge(bob) == 3);
        chat.say(tea, alice, "two");
        await().until(() -> received(token).size() == 2);
        role.gateway().unread(bob, 4);
        chat.say(tea, alice, "three");
        await().until(() -> received(token).size() == 3);
        assertThat(received(token))
                .extracting(push -> push.payload().at("/aps/badge").asInt(-1))
                .containsExactly(3, -1, 4);
    }

    @Test
    void whatIsReadOnOneDeviceIsTakenOffTheOthers() {
        register(bob, "phone", token);
        role.gateway().unread(bob, 2);
        Chat.Message message = chat.say(tea, alice, "Hello");
        await().until(() -> received(token).size() == 1);
        await().untilAsserted(() -> assertThat(outcomes(message)).containsExactly("phone message sent sent"));

        role.gateway().unread(bob, 1);
        chat.read(tea, bob, message);
        await().until(() -> received(token).size() == 2);
        var push = received(token).getLast();
        assertThat(push.headers()).containsEntry("apns-push-type", "background").containsEntry("apns-priority", "5");
        assertThat(push.payload().at("/aps").toString()).isEqualTo("{\"content-available\":1}");
        assertThat(push.payload().at("/withdraw/conversation").asString()).isEqualTo(tea.toString());
        assertThat(push.payload().at("/withdraw/seq").asLong()).isEqualTo(message.seq());
        assertThat(push.payload().at("/withdraw/badge").asInt(-1)).isEqualTo(1);
        await().until(() -> shown(bob) == 0);
    }

    @Test
    void aDeviceThatSawItReadIsLeftAlone() {
        register(bob, "phone", token);
        Chat.Message message = chat.say(tea, alice, "Hello");
        await().untilAsserted(() -> assertThat(outcomes(message)).containsExactly("phone message sent sent"));
        role.gateway().connect(bob, "phone");
        long read = chat.read(tea, bob, message);
        role.gateway().acknowledge(bob, "phone", read);
        await().until(() -> shown(bob) == 0);
        assertThat(received(token)).hasSize(1);
    }

    @Test
    void aDeviceWithADeadSocketLearnsLateThatItWasRead() {
        register(bob, "phone", token);
        Chat.Message message = chat.say(tea, alice, "Hello");
        await().untilAsserted(() -> assertThat(outcomes(message)).containsExactly("phone message sent sent"));
        role.gateway().connect(bob, "phone");
        role.gateway().acknowledge(bob, "phone", 0);
        chat.read(tea, bob, message);
        await().until(() -> received(token).size() == 2);
        assertThat(received(token).getLast().payload().has("withdraw")).isTrue();
    }

    @Test
    void readingElsewhereClearsABadgeThatShowsNothingOfIt() {
        register(bob, "phone", token);
        ConversationId coffee = chat.group("Coffee", alice, bob);
        role.gateway().unread(bob, 2);
        Chat.Message rang = chat.say(tea, alice, "Hello");
        await().untilAsserted(() -> assertThat(outcomes(rang)).containsExactly("phone message sent sent"));
        role.gateway().connect(bob, "phone");
        Chat.Message seen = chat.say(coffee, alice, "seen on the phone itself");
        role.gateway().acknowledge(bob, "phone", seen.position());
        awaitLate(seen);
        role.gateway().disconnect(bob, "phone");
        role.gateway().unread(bob, 1);
        chat.read(coffee, bob, seen);
        await().until(() -> received(token).size() == 2);
        assertThat(received(token).getLast().payload().at("/withdraw/badge").asInt(-1))
                .isEqualTo(1);
    }

    @Test
    void whatWasReadBeforeItCouldBeSentDoesNotRing() {
        register(bob, "phone", token);
        apns.busy();
        Chat.Message message = chat.say(tea, alice, "Hello");
        await().until(() -> !outcomes(message).isEmpty());
        chat.read(tea, bob, message);
        awaitLate(chat.say(chat.group("Own", alice), alice, "to nobody"));
        apns.free();
        await().untilAsserted(() -> assertThat(outcomes(message)).containsExactly("phone message read read-elsewhere"));
        assertThat(received(token)).isEmpty();
    }

    @Test
    void aDeletedMessageIsTakenBack() {
        register(bob, "phone", token);
        Chat.Message message = chat.say(tea, alice, "oops");
        await().untilAsserted(() -> assertThat(outcomes(message)).containsExactly("phone message sent sent"));
        chat.delete(tea, alice, message);
        await().untilAsserted(() -> assertThat(outcomes(message))
                .containsExactlyInAnyOrder("phone message sent sent", "phone deleted sent sent"));
        assertThat(received(token).getLast().payload().at("/withdraw/message").asString())
                .isEqualTo(message.id().toString());
        assertThat(excerpts(message)).isZero();
    }

    @Test
    void aMessageDeletedBeforeItCouldBeSentIsNotShown() {
        register(bob, "phone", token);
        apns.busy();
        Chat.Message message = chat.say(tea, alice, "oops");
        await().until(() -> !outcomes(message).isEmpty());
        chat.delete(tea, alice, message);
        await().until(() -> excerpts(message) == 0);
        apns.free();
        await().untilAsserted(
                        () -> assertThat(outcomes(message)).containsExactly("phone message deleted message-deleted"));
        assertThat(received(token)).isEmpty();
    }

    @Test
    void aMessageIsShownAsItIsWhenItIsSent() {
        register(bob, "phone", token);
        apns.busy();
        Chat.Message message = chat.say(tea, alice, "Helo");
        await().until(() -> !outcomes(message).isEmpty());
        chat.edit(tea, alice, message, "Hello");
        awaitLate(chat.say(chat.group("Own", alice), alice, "to nobody"));
        apns.free();
        await().until(() -> received(token).size() == 1);
        assertThat(received(token).getFirst().payload().at("/aps/alert/body").asString())
                .isEqualTo("Hello");
    }

    @Test
    void whoLeftMeanwhileIsNotRung() {
        register(bob, "phone", token);
        apns.busy();
        Chat.Message message = chat.say(tea, alice, "Hello");
        await().until(() -> !outcomes(message).isEmpty());
        chat.remove(tea, bob);
        awaitLate(chat.say(chat.group("Own", alice), alice, "to nobody"));
        apns.free();
        await().untilAsserted(
                        () -> assertThat(outcomes(message)).containsExactly("phone message muted left-conversation"));
    }

    @Test
    void threeReplaysOfAllHistoryAddAndSendNothing() {
        register(bob, "phone", token);
        Chat.Message message = chat.say(tea, alice, "Hello");
        await().untilAsserted(() -> assertThat(outcomes(message)).containsExactly("phone message sent sent"));
        chat.read(tea, bob, message);
        Chat.Message second = chat.say(tea, alice, "Gone");
        chat.delete(tea, alice, second);
        settled();
        String before = everything();
        int sent = apns.received().size();
        for (int i = 0; i < 3; i++) {
            role.replay("push", "push-late");
            settled();
        }
        assertThat(everything()).isEqualTo(before);
        assertThat(apns.received()).hasSize(sent);
    }

    @Test
    void theReasonsOfAllPairsSumToTheirTotal() {
        register(bob, "phone", token);
        register(bob, "tablet", "dd" + token.substring(2));
        Tally.Sums before = sums();
        role.gateway().connect(bob, "tablet");
        for (int i = 0; i < 5; i++) {
            Chat.Message message = chat.say(tea, alice, "number " + i);
            role.gateway().acknowledge(bob, "tablet", message.position());
        }
        settled();
        Tally.Sums after = sums();
        assertThat(count(after, "eligible") - count(before, "eligible"))
                .as("two devices, five messages")
                .isEqualTo(10);
        assertThat(count(after, "delivered") - count(before, "delivered")).isEqualTo(5);
        assertThat(after.counts().stream()
                        .filter(count -> !count.outcome().equals("eligible"))
                        .mapToLong(Tally.Count::pairs)
                        .sum())
                .isEqualTo(count(after, "eligible") - after.due());
    }

    private void settled() {
        awaitLate(chat.say(chat.group("Own", alice), alice, "to nobody"));
        await().until(() ->
                role.jdbc().queryForObject("select count(*) from notifications.outbox where state = 'due'", Long.class)
                        == 0);
    }

    private static Tally.Sums sums() {
        return role.bean(Tally.class).sums();
    }

    private static long count(Tally.Sums sums, String outcome) {
        return sums.counts().stream()
                .filter(count -> count.outcome().equals(outcome))
                .mapToLong(Tally.Count::pairs)
                .sum();
    }

    private static String everything() {
        return role.jdbc()
                .queryForList("select (id, state, reason, shown, attempts)::text from notifications.outbox order by id")
                .toString();
    }

    private void register(AccountId account, String device, String token) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        role.bean(DeviceStore.class)
                .register(account, device, new PushTarget(Platform.APNS, token, null, null, now), null);
    }

    private static void prefer(AccountId account, boolean preview, boolean mentions, String from, String to) {
        role.jdbc()
                .update(
                        "insert into notifications.preference values (?, ?, ?, 'Asia/Tokyo', ?::time, ?::time, now())",
                        account.value(),
                        preview,
                        mentions,
                        from,
                        to);
    }

    private static void awaitLate(Chat.Message message) {
        await().until(() -> role.jdbc()
                        .queryForObject(
                                "select position from notifications.decided where reader = 'push-late'", Long.class)
                >= message.position());
    }

    private static List<String> outcomes(Chat.Message message) {
        return role.jdbc()
                .queryForList(
                        "select concat_ws(' ', device, cause, state, reason) from notifications.outbox where message = ?",
                        String.class,
                        message.id().value());
    }

    private static long excerpts(Chat.Message message) {
        return role.jdbc()
                .queryForObject(
                        "select count(excerpt) from notifications.message where message = ?",
                        Long.class,
                        message.id().value());
    }

    private static int badge(AccountId account) {
        return role.jdbc()
                .queryForObject(
                        "select coalesce(max(badge), -1) from notifications.device where account = ?",
                        Integer.class,
                        account.value());
    }

    private static long shown(AccountId account) {
        return role.jdbc()
                .queryForObject(
                        "select count(*) from notifications.outbox where account = ? and shown",
                        Long.class,
                        account.value());
    }

    private static List<ApnsMock.Received> received(String deviceToken) {
        return apns.received().stream()
                .filter(push -> push.deviceToken().equals(deviceToken))
                .toList();
    }
}
