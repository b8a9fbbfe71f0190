package dev.parley.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.notifications.device.DeviceStore;
import dev.parley.notifications.device.Platform;
import dev.parley.notifications.device.PushTarget;
import dev.parley.notifications.testing.FcmStub;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a cleared application leaves of the role: what belongs to the time after.
class ClearIT {

    private static final String PHONE = "fcm:the-phone";

    private FcmStub fcm;
    private HikariDataSource database;
    private RunningRole role;
    private Chat chat;
    private AccountId alice;
    private AccountId bob;
    private ConversationId tea;

    @BeforeEach
    void start(@TempDir Path work) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        fcm = FcmStub.start(work);
        database = TestDatabase.create();
        role = RunningRole.start(
                database,
                new InMemoryEventStorageEngine(),
                Map.of(
                        "parley.notifications.late-after", "3s",
                        "parley.notifications.fcm.service-account-file", fcm.serviceAccountFile(),
                        "parley.notifications.fcm.endpoint", fcm.endpoint()));
        chat = new Chat(role);
        alice = chat.account("Alice");
        bob = chat.account("Bob");
        tea = chat.group("Tea", alice, bob);
    }

    @AfterEach
    void stop() {
        role.close();
        database.close();
        fcm.close();
        Awaitility.reset();
    }

    @Test
    void forgetsWhatWasAndKeepsWhatCameSince() {
        register(bob, PHONE);
        register(alice, "fcm:hers");
        await(chat.say(tea, alice, "rings").id(), "sent");
        fcm.down();
        Chat.Message due = chat.say(tea, alice, "waits");
        await(due.id(), "due");

        long cleared = chat.clear(1);
        AccountId carol = chat.account("Carol");
        register(carol, PHONE);
        AccountId dave = chat.account("Dave");
        ConversationId coffee = chat.group("Coffee", carol, dave);
        awaitDecided("push", cleared);
        awaitDecided("push-late", cleared);
        fcm.up();

        assertThat(column("select account::text from notifications.device")).containsExactly(carol.toString());
        assertThat(column("select name from notifications.account_name")).containsExactlyInAnyOrder("Carol", "Dave");
        assertThat(column("select title from notifications.conversation_title")).containsExactly("Coffee");
        assertThat(column("select distinct conversation::text from notifications.recipient"))
                .containsExactly(coffee.toString());
        assertThat(column("select id::text from notifications.outbox")).isEmpty();

        int before = fcm.received().size();
        Chat.Message late = chat.say(tea, alice, "a late fact of before");
        Chat.Message now = chat.say(coffee, dave, "Welcome");
        await(now.id(), "sent");
        awaitDecided("push-late", now.position());
        assertThat(states(late.id())).isEmpty();
        assertThat(fcm.received()).hasSize(before + 1);
        assertThat(fcm.received().getLast().message().at("/data/message").asString())
                .isEqualTo(now.id().toString());
    }

    @Test
    void readAgainFromTheBeginningItForgetsNothingOfAfter() {
        register(bob, PHONE);
        chat.say(tea, alice, "before");
        chat.clear(1);
        AccountId carol = chat.account("Carol");
        AccountId dave = chat.account("Dave");
        ConversationId coffee = chat.group("Coffee", carol, dave);
        register(carol, PHONE);
        Chat.Message now = chat.say(coffee, dave, "Welcome");
        await(now.id(), "sent");
        awaitDecided("push-late", now.position());

        role.replay("push", "push-late");
        AccountId last = chat.account("Last");
        Awaitility.await()
                .until(() ->
                        column("select name from notifications.account_name").contains("Last"));
        Chat.Message again = chat.say(coffee, last, "is no member, but says it");
        await(again.id(), "sent");
        awaitDecided("push-late", again.position());

        assertThat(column("select name from notifications.account_name"))
                .containsExactlyInAnyOrder("Carol", "Dave", "Last");
        assertThat(column("select title from notifications.conversation_title")).containsExactly("Coffee");
        assertThat(column("select account::text from notifications.device")).containsExactly(carol.toString());
        assertThat(states(now.id())).containsExactly("sent");
        assertThat(column("select id::text from notifications.outbox")).hasSize(2);
    }

    @Test
    void doorAndLobbyRingForNobodyAndHoldUpNobody() {
        register(bob, PHONE);
        register(alice, "fcm:hers");
        long last = chat.play(tea, alice);
        awaitDecided("push", last);
        awaitDecided("push-late", last);
        assertThat(column("select id::text from notifications.outbox")).isEmpty();
    }

    private void register(AccountId account, String token) {
        role.bean(DeviceStore.class)
                .register(
                        account,
                        "phone",
                        new PushTarget(
                                Platform.FCM, token, null, null, Instant.now().truncatedTo(ChronoUnit.MILLIS)),
                        null);
    }

    private void await(MessageId message, String state) {
        Awaitility.await().untilAsserted(() -> assertThat(states(message)).containsExactly(state));
    }

    private void awaitDecided(String reader, long position) {
        Awaitility.await()
                .until(() -> role.jdbc()
                                .queryForObject(
                                        "select position from notifications.decided where reader = ?",
                                        Long.class,
                                        reader)
                        >= position);
    }

    private List<String> states(MessageId message) {
        return role.jdbc()
                .queryForList(
                        "select state from notifications.outbox where message = ?", String.class, message.value());
    }

    private List<String> column(String sql) {
        return role.jdbc().queryForList(sql, String.class);
    }
}
