package dev.parley.notifications.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.eatthepath.pushy.apns.server.RejectionReason;
import com.zaxxer.hikari.HikariDataSource;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.RejectedException;
import dev.parley.notifications.Chat;
import dev.parley.notifications.RunningRole;
import dev.parley.notifications.TestDatabase;
import dev.parley.notifications.device.DeviceStore;
import dev.parley.notifications.device.Platform;
import dev.parley.notifications.device.PushTarget;
import dev.parley.notifications.testing.ApnsMock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/// What an operator is told, of the role as it runs.
class ExplainIT {

    @TempDir
    static Path work;

    private static HikariDataSource database;
    private static ApnsMock apns;
    private static RunningRole role;
    private static Chat chat;
    private static MockMvc http;

    private final String device = "phone-" + UUID.randomUUID();
    private final AccountId alice = chat.account("Alice");
    private final AccountId bob = chat.account("Bob");
    private final ConversationId tea = chat.group("Tea", alice, bob);

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        apns = ApnsMock.start(work);
        role = RunningRole.start(
                database, new InMemoryEventStorageEngine(), apns.settings("parley.notifications."), beans -> {});
        chat = new Chat(role);
        http = MockMvcBuilders.standaloneSetup(role.bean(ExplainController.class))
                .build();
    }

    @AfterAll
    static void stop() {
        role.close();
        apns.close();
        database.close();
    }

    @Test
    void saysWhatHappenedToAMessage() throws Exception {
        register(bob, "ab".repeat(32));
        apns.rejectNext(RejectionReason.INTERNAL_SERVER_ERROR);
        Chat.Message message = chat.say(tea, alice, "the launch code is 0000");
        awaitSent(1);
        http.perform(get("/api/v1/admin/push").param("message", message.id().toString()))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.messages[0].eligible").value(1))
                .andExpect(jsonPath("$.messages[0].delivered").value(0))
                .andExpect(jsonPath("$.messages[0].sender").value(alice.toString()))
                .andExpect(jsonPath("$.rows.length()").value(1))
                .andExpect(jsonPath("$.rows[0].device").value(device))
                .andExpect(jsonPath("$.rows[0].cause").value("message"))
                .andExpect(jsonPath("$.rows[0].found").value("absent"))
                .andExpect(jsonPath("$.rows[0].state").value("sent"))
                .andExpect(jsonPath("$.rows[0].attempts").value(2))
                .andExpect(jsonPath("$.rows[0].tried[0].reason").value("InternalServerError"))
                .andExpect(jsonPath("$.rows[0].tried[0].at").exists())
                .andExpect(jsonPath("$.rows[0].ended").exists())
                .andExpect(jsonPath("$.rows[0].due").doesNotExist())
                .andExpect(result ->
                        assertThat(result.getResponse().getContentAsString()).doesNotContain("launch", "abab"));
    }

    @Test
    void pagesThroughTheRowsOfADevice() throws Exception {
        register(bob, "cd".repeat(32));
        for (int i = 0; i < 5; i++) {
            chat.say(tea, alice, "number " + i);
        }
        awaitSent(5);
        String cursor = null;
        for (int size : new int[] {2, 2, 1}) {
            var request = get("/api/v1/admin/push").param("device", device).param("limit", "2");
            if (cursor != null) {
                request.param("cursor", cursor);
            }
            var answer = http.perform(request)
                    .andExpect(status().isOk())
                    .andExpect(jsonPath("$.rows.length()").value(size))
                    .andReturn()
                    .getResponse()
                    .getContentAsString();
            var next = new tools.jackson.databind.json.JsonMapper()
                    .readTree(answer)
                    .path("next");
            cursor = next.isString() ? next.asString() : null;
        }
        assertThat(cursor).isNull();
        http.perform(get("/api/v1/admin/push").param("device", device).param("account", alice.toString()))
                .andExpect(jsonPath("$.rows").value(Matchers.empty()));
    }

    @Test
    void saysHowPushesAreDoing() throws Exception {
        http.perform(get("/api/v1/admin/push/overview"))
                .andExpect(status().isOk())
                .andExpect(
                        jsonPath("$.providers[?(@.platform == 'apns')].state").value("ready"))
                .andExpect(jsonPath("$.providers[?(@.platform == 'fcm')].state").value("no-credentials"))
                .andExpect(jsonPath("$.alarms").isArray())
                .andExpect(jsonPath("$.pairs").isArray())
                .andExpect(jsonPath("$.rows.due").isNumber());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=1",
                "message=0190163d-8694-739b-aea5-966c26f8ad91&device=x",
                "message=nonsense",
                "device=x&limit=0",
                "device=x&limit=201",
                "device=x&cursor=AAAA",
                "device=x&account=me",
                "device=x&cursor=cHVzaDpub3BlL25vcGU"
            })
    void refusesWhatItCannotRead(String query) {
        assertThat(catchThrowable(() -> http.perform(get("/api/v1/admin/push?" + query))))
                .hasCauseInstanceOf(RejectedException.class);
    }

    private void register(AccountId account, String token) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        role.bean(DeviceStore.class)
                .register(account, device, new PushTarget(Platform.APNS, token, null, null, now), null);
    }

    private void awaitSent(int rows) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> role.jdbc()
                                .queryForObject(
                                        "select count(*) from notifications.outbox where device = ? and state = 'sent'",
                                        Integer.class,
                                        device)
                        == rows);
    }
}
