package dev.parley.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eatthepath.pushy.apns.server.RejectionReason;
import com.zaxxer.hikari.HikariDataSource;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.SessionId;
import dev.parley.messages.session.SessionEnd;
import dev.parley.messages.session.SessionEvent.SessionClosed;
import dev.parley.notifications.device.DeviceStore;
import dev.parley.notifications.device.Platform;
import dev.parley.notifications.device.PushTarget;
import dev.parley.notifications.testing.ApnsMock;
import dev.parley.notifications.testing.FcmStub;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The role over a real PostgreSQL, with real protocols to the push services. Each test has accounts of its own.
class NotificationsIT {

    @TempDir
    static Path work;

    private static HikariDataSource database;
    private static ApnsMock apns;
    private static FcmStub fcm;
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
        fcm = FcmStub.start(work);
        Map<String, Object> settings = new HashMap<>(apns.settings("parley.notifications."));
        settings.put("parley.notifications.fcm.service-account-file", fcm.serviceAccountFile());
        settings.put("parley.notifications.fcm.endpoint", fcm.endpoint());
        role = RunningRole.start(database, new InMemoryEventStorageEngine(), settings);
        chat = new Chat(role);
    }

    @AfterAll
    static void stop() {
        role.close();
        apns.close();
        fcm.close();
        database.close();
        Awaitility.reset();
    }

    @Test
    void absentDevicesOfRecipientsRing() {
        register(alice, "sender-phone", Platform.APNS, "aa" + token.substring(2));
        register(bob, "phone", Platform.APNS, token);
        register(bob, "tablet", Platform.FCM, "fcm:" + token);
        Chat.Message message = chat.say(tea, alice, "Hello");

        await().untilAsserted(() -> assertThat(outcomes(message.id()))
                .containsExactlyInAnyOrder("phone absent sent sent", "tablet absent sent sent"));
        ApnsMock.Received push = received(token).getFirst();
        assertThat(push.apnsId()).isEqualTo(rowOf(message.id(), "phone").toString());
        assertThat(push.collapseId()).isEqualTo(tea.toString());
        assertThat(push.payload().at("/aps/alert/title").asString()).isEqualTo("Alice · Tea");
        assertThat(push.payload().at("/aps/alert/body").asString()).isEqualTo("Hello");
        assertThat(fcm.received())
                .anySatisfy(received -> assertThat(
                                received.message().at("/data/message").asString())
                        .isEqualTo(message.id().toString()));
        assertThat(fcm.faults()).isEmpty();
    }

    @Test
    void healthyOnlineDevicesCostNoRow() {
        register(bob, "phone", Platform.APNS, token);
        role.gateway().connect(bob, "phone");
        Chat.Message message = chat.say(tea, alice, "Hello");
        role.gateway().acknowledge(bob, "phone", message.position());

        awaitLate(message);
        assertThat(outcomes(message.id())).isEmpty();
    }

    @Test
    void silentDevicesRingLate() {
        register(bob, "phone", Platform.APNS, token);
        role.gateway().connect(bob, "phone");
        role.gateway().acknowledge(bob, "phone", 0);
        Instant before = Instant.now();
        Chat.Message message = chat.say(tea, alice, "Anybody there?");

        await().untilAsserted(() -> assertThat(outcomes(message.id())).containsExactly("phone silent sent sent"));
        assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(1_500));
        assertThat(received(token)).hasSize(1);
    }

    @Test
    void titlesFollowRenames() {
        register(bob, "phone", Platform.APNS, token);
        chat.rename(tea, alice, "Coffee");
        chat.say(tea, alice, "one");
        await().until(() -> received(token).size() == 1);
        chat.rename(tea, alice, null);
        chat.say(tea, alice, "two");
        await().untilAsserted(() -> assertThat(received(token))
                .extracting(push -> push.payload().at("/aps/alert/title").asString())
                .containsExactly("Alice · Coffee", "Alice"));
    }

    @Test
    void nothingRingsButWhatIsSaid() {
        register(bob, "phone", Platform.APNS, token);
        chat.archived(tea, alice, "from 2004");
        chat.change(tea, alice, bob);
        awaitLate(chat.say(tea, bob, "mine"));
        assertThat(received(token)).isEmpty();
    }

    @Test
    void messagesThatAreTooOldRingForNobody() {
        register(bob, "phone", Platform.APNS, token);
        awaitLate(chat.sayAt(tea, alice, "yesterday", Instant.now().minus(1, ChronoUnit.DAYS)));
        assertThat(received(token)).isEmpty();
    }

    @Test
    void onlyThoseWhoAreMembersAtThatMomentRing() {
        AccountId carol = chat.account("Carol");
        register(bob, "phone", Platform.APNS, token);
        register(carol, "carols", Platform.FCM, "fcm:" + token);
        Chat.Message first = chat.say(tea, alice, "one");
        chat.add(tea, carol, alice);
        Chat.Message second = chat.say(tea, alice, "two");
        await().untilAsserted(() -> assertThat(outcomes(second.id())).hasSize(2));
        chat.remove(tea, bob);
        Chat.Message third = chat.say(tea, alice, "three");

        awaitLate(third);
        assertThat(outcomes(first.id())).containsExactly("phone absent sent sent");
        assertThat(outcomes(third.id())).containsExactly("carols absent sent sent");
    }

    @Test
    void aTokenThatAppleDroppedIsRungNoMore() {
        register(bob, "phone", Platform.APNS, token);
        apns.unregister(token, Instant.now().plusSeconds(1));
        Chat.Message message = chat.say(tea, alice, "Hello");

        await().untilAsserted(() ->
                assertThat(outcomes(message.id())).containsExactly("phone absent unregistered Unregistered"));
        assertThat(dropped(bob)).containsExactly("phone Unregistered");
        awaitLate(chat.say(tea, alice, "Are you there?"));
        assertThat(received(token)).isEmpty();

        register(bob, "phone", Platform.APNS, "ab" + token.substring(2));
        assertThat(dropped(bob)).isEmpty();
    }

    @Test
    void aDeviceGoesWithTheSessionThatRegisteredIt() {
        SessionId lost = new SessionId(UUID.randomUUID());
        SessionId kept = new SessionId(UUID.randomUUID());
        DeviceStore devices = role.bean(DeviceStore.class);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        devices.register(bob, "phone", new PushTarget(Platform.APNS, token, null, null, now), lost);
        devices.register(bob, "tablet", new PushTarget(Platform.FCM, "fcm:" + token, null, null, now), kept);
        role.publish(lost.toString(), new SessionClosed(lost, bob, SessionEnd.REVOKED, bob, now));
        Chat.Message message = chat.say(tea, alice, "Hello");

        await().untilAsserted(() -> assertThat(outcomes(message.id())).containsExactly("tablet absent sent sent"));
        assertThat(devices(bob)).isOne();
    }

    @Test
    void aTokenRegisteredAgainSinceStays() {
        register(bob, "phone", Platform.APNS, token);
        apns.unregister(token, Instant.now().minusSeconds(60));
        Chat.Message message = chat.say(tea, alice, "Hello");

        await().untilAsserted(
                        () -> assertThat(outcomes(message.id())).containsExactly("phone absent due Unregistered"));
        assertThat(devices(bob)).isOne();
        role.bean(DeviceStore.class).remove(bob, "phone");
        // An attempt that was under way has the service's own reason.
        await().untilAsserted(() -> assertThat(outcomes(message.id()))
                .singleElement()
                .isIn("phone absent unregistered device-removed", "phone absent unregistered Unregistered"));
    }

    @Test
    void aBusyServiceIsTriedAgainWithTheSameId() {
        register(bob, "phone", Platform.APNS, token);
        register(bob, "tablet", Platform.FCM, "fcm:" + token);
        apns.rejectNext(RejectionReason.TOO_MANY_REQUESTS, RejectionReason.SERVICE_UNAVAILABLE);
        fcm.unavailableNext(1);
        Chat.Message message = chat.say(tea, alice, "Hello");

        await().untilAsserted(() -> assertThat(outcomes(message.id()))
                .containsExactlyInAnyOrder("phone absent sent sent", "tablet absent sent sent"));
        String id = received(token).getFirst().apnsId();
        assertThat(apns.rejected().stream().filter(push -> push.deviceToken().equals(token)))
                .hasSize(2)
                .allSatisfy(push -> assertThat(push.apnsId()).isEqualTo(id));
    }

    @Test
    void aServiceThatWasAwayGetsItWhenItIsBack() {
        register(bob, "tablet", Platform.FCM, "fcm:" + token);
        fcm.down();
        Chat.Message message = chat.say(tea, alice, "Hello");
        await().until(() -> role.jdbc()
                        .queryForObject(
                                "select coalesce(max(attempts), 0) from notifications.outbox where message = ?",
                                Integer.class,
                                message.id().value())
                > 1);
        fcm.up();
        await().untilAsserted(() -> assertThat(outcomes(message.id())).containsExactly("tablet absent sent sent"));
    }

    @Test
    void aDeviceThatCameForItMeanwhileDoesNotRing() {
        register(bob, "tablet", Platform.FCM, "fcm:" + token);
        fcm.down();
        Chat.Message message = chat.say(tea, alice, "Hello");
        await().until(() -> !outcomes(message.id()).isEmpty());
        role.gateway().acknowledge(bob, "tablet", message.position());
        await().untilAsserted(
                        () -> assertThat(outcomes(message.id())).containsExactly("tablet absent read acknowledged"));
        fcm.up();
    }

    @Test
    void aReplayOfAllHistoryAddsNothingAndSendsNothing() {
        register(bob, "phone", Platform.APNS, token);
        role.gateway().connect(bob, "phone");
        Chat.Message message = chat.say(tea, alice, "Hello");
        role.gateway().acknowledge(bob, "phone", message.position());
        awaitLate(message);
        role.gateway().disconnect(bob, "phone");
        role.gateway().acknowledge(bob, "phone", -1);
        long rows = rows();
        int sent = apns.received().size() + fcm.received().size();

        role.replay("push", "push-late");
        AccountId last = chat.account("Last");
        await().until(() -> role.jdbc()
                        .queryForObject(
                                "select count(*) from notifications.account_name where account = ?",
                                Long.class,
                                last.value())
                == 1);
        awaitLate(chat.say(chat.group("Own", last), last, "to nobody"));

        assertThat(rows()).isEqualTo(rows);
        assertThat(apns.received().size() + fcm.received().size()).isEqualTo(sent);
    }

    @Test
    void whatWasSaidBeforeTheFirstStartEverIsHistory() {
        var events = new InMemoryEventStorageEngine();
        try (HikariDataSource fresh = TestDatabase.create()) {
            AccountId carol;
            AccountId dave;
            ConversationId talk;
            MessageId old;
            try (RunningRole elsewhere = RunningRole.start(TestDatabase.create(), events, Map.of())) {
                Chat before = new Chat(elsewhere);
                carol = before.account("Carol");
                dave = before.account("Dave");
                talk = before.group("Talk", carol, dave);
                old = before.say(talk, carol, "before").id();
            }
            try (RunningRole first = RunningRole.start(fresh, events, Map.of("parley.notifications.expiry", "5s"))) {
                first.bean(DeviceStore.class)
                        .register(dave, "phone", new PushTarget(Platform.APNS, token, null, null, Instant.now()), null);
                Chat.Message message = new Chat(first).say(talk, carol, "now");
                await().untilAsserted(() -> assertThat(outcomes(first, message.id()))
                        .as("membership is known from before; without credentials it waits until it expires")
                        .containsExactly("phone absent expired no-credentials"));
                assertThat(outcomes(first, old)).isEmpty();
            }
        }
    }

    private void register(AccountId account, String device, Platform platform, String token) {
        role.bean(DeviceStore.class)
                .register(
                        account,
                        device,
                        new PushTarget(
                                platform, token, null, null, Instant.now().truncatedTo(ChronoUnit.MILLIS)),
                        null);
    }

    private static void awaitLate(Chat.Message message) {
        await().until(() -> role.jdbc()
                        .queryForObject(
                                "select position from notifications.decided where reader = 'push-late'", Long.class)
                >= message.position());
    }

    private static List<String> outcomes(MessageId message) {
        return outcomes(role, message);
    }

    private static List<String> outcomes(RunningRole of, MessageId message) {
        return of.jdbc()
                .queryForList(
                        "select concat_ws(' ', device, found, state, reason) from notifications.outbox where message = ?",
                        String.class,
                        message.value());
    }

    private static UUID rowOf(MessageId message, String device) {
        return role.jdbc()
                .queryForObject(
                        "select id from notifications.outbox where message = ? and device = ?",
                        UUID.class,
                        message.value(),
                        device);
    }

    private static long rows() {
        return role.jdbc().queryForObject("select count(*) from notifications.outbox", Long.class);
    }

    private static long devices(AccountId account) {
        return role.jdbc()
                .queryForObject(
                        "select count(*) from notifications.device where account = ?", Long.class, account.value());
    }

    private static List<String> dropped(AccountId account) {
        return role.jdbc()
                .queryForList(
                        "select device || ' ' || dropped_reason from notifications.device where account = ? and dropped_at is not null",
                        String.class,
                        account.value());
    }

    private static List<ApnsMock.Received> received(String deviceToken) {
        return apns.received().stream()
                .filter(push -> push.deviceToken().equals(deviceToken))
                .toList();
    }
}
