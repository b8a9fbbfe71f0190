package dev.parley.notifications.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.notifications.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class DeviceControllerIT {

    private static HikariDataSource database;
    private static DeviceStore devices;
    private static MockMvc http;

    private final AccountId alice = new AccountId(UUID.randomUUID());
    private final AccountId bob = new AccountId(UUID.randomUUID());
    private final String token = (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        devices = TestDevices.over(database, 3);
        http = MockMvcBuilders.standaloneSetup(new DeviceController(devices, Clock.systemUTC()))
                .build();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void aDeviceIsListedWithoutItsToken() throws Exception {
        register(alice, "phone", token);
        http.perform(as(alice, get("/api/v1/devices")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.devices[0].device").value("phone"))
                .andExpect(jsonPath("$.devices[0].platform").value("apns"))
                .andExpect(jsonPath("$.devices[0].updated").exists())
                .andExpect(content().string(Matchers.not(Matchers.containsString(token))));
    }

    @Test
    void whatTheAppSaidIsListed() throws Exception {
        put(alice, "phone", """
                {"platform":"apns","token":"%s","topic":"com.example.tea","environment":"sandbox"}""".formatted(token)).andExpect(status().isNoContent());
        http.perform(as(alice, get("/api/v1/devices")))
                .andExpect(jsonPath("$.devices[0].topic").value("com.example.tea"))
                .andExpect(jsonPath("$.devices[0].environment").value("sandbox"));
        register(alice, "phone", token);
        http.perform(as(alice, get("/api/v1/devices")))
                .andExpect(jsonPath("$.devices[0].topic").doesNotExist())
                .andExpect(jsonPath("$.devices[0].environment").doesNotExist())
                .andExpect(jsonPath("$.devices[0].dropped").doesNotExist());
    }

    @Test
    void aDroppedTokenIsListedAsSuchUntilItIsRegisteredAnew() throws Exception {
        register(alice, "phone", token);
        assertThat(devices.dropToken(Platform.APNS, token, "Unregistered", null))
                .isTrue();
        setBadge(alice, 3);
        http.perform(as(alice, get("/api/v1/devices")))
                .andExpect(jsonPath("$.devices[0].dropped.reason").value("Unregistered"))
                .andExpect(jsonPath("$.devices[0].dropped.at").exists());
        assertThat(devices.dropped(List.of(alice, bob))).singleElement().satisfies(dropped -> {
            assertThat(dropped.account()).isEqualTo(alice);
            assertThat(dropped.device()).isEqualTo("phone");
            assertThat(dropped.reason()).isEqualTo("Unregistered");
        });
        assertThat(devices.dropped(List.of(bob))).isEmpty();

        register(alice, "phone", token);
        http.perform(as(alice, get("/api/v1/devices")))
                .andExpect(jsonPath("$.devices[0].dropped").doesNotExist());
        assertThat(devices.dropped(List.of(alice))).isEmpty();
        assertThat(badges(alice)).containsExactly("null/null");
    }

    @Test
    void aDroppedTokenMovesToo() throws Exception {
        register(alice, "phone", token);
        devices.dropToken(Platform.APNS, token, "Unregistered", null);
        register(bob, "phone", token);
        assertThat(devices.list(alice)).isEmpty();
        assertThat(devices.list(bob))
                .singleElement()
                .satisfies(device -> assertThat(device.dropped()).isNull());
    }

    @Test
    void aTokenMovesToWhoeverRegistersItLast() throws Exception {
        register(alice, "phone", token);
        register(bob, "phone", token.toUpperCase(java.util.Locale.ROOT));
        assertThat(devices.list(alice)).isEmpty();
        assertThat(devices.list(bob)).hasSize(1);
    }

    @Test
    void registeringAgainReplacesTheToken() throws Exception {
        register(alice, "phone", token);
        String other = "ab".repeat(32);
        register(alice, "phone", other);
        register(bob, "tablet", token);
        assertThat(devices.list(alice)).hasSize(1);
        assertThat(devices.list(bob)).hasSize(1);
    }

    @Test
    void removingIsRepeatable() throws Exception {
        register(alice, "phone", token);
        for (int i = 0; i < 2; i++) {
            http.perform(as(alice, delete("/api/v1/devices/phone"))).andExpect(status().isNoContent());
        }
        assertThat(devices.list(alice)).isEmpty();
    }

    @Test
    void oneTooManyForgetsTheOldest() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        for (int i = 0; i < 5; i++) {
            devices.register(
                    alice, "d" + i, new PushTarget(Platform.FCM, token + i, null, null, now.plusSeconds(i)), null);
        }
        assertThat(devices.list(alice)).extracting(DeviceView::device).containsExactly("d2", "d3", "d4");
    }

    @Test
    void aTokenGoneBeforeItsRegistrationStays() {
        Instant registered = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        devices.register(alice, "phone", new PushTarget(Platform.APNS, token, null, null, registered), null);
        assertThat(devices.dropToken(Platform.APNS, token, "Unregistered", registered.minusMillis(1)))
                .isFalse();
        assertThat(devices.list(alice)).hasSize(1);
        assertThat(devices.dropToken(Platform.APNS, token, "Unregistered", registered))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"apns, moon", "apns, Sandbox", "apns, ''", "fcm, production", "fcm, moon"})
    void anEnvironmentIsOneOfApplesTwo(String platform, String environment) {
        assertThat(catchThrowable(() -> put(alice, "phone", """
                        {"platform":"%s","token":"%s","environment":"%s"}""".formatted(platform, token, environment)))
                        .getCause())
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        rejected -> assertThat(rejected.rejection().field()).isEqualTo("environment"));
        assertThat(devices.list(alice)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "phone, pigeon, aa, platform",
        "phone, apns, xyz, token",
        "phone, fcm, with space, token",
        "so many spaces, fcm, good, device"
    })
    void whatIsWrongIsNamed(String device, String platform, String badToken, String field) {
        assertThat(catchThrowable(() -> put(alice, device, """
                        {"platform":"%s","token":"%s"}""".formatted(platform, badToken)))
                        .getCause())
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        rejected -> assertThat(rejected.rejection().field()).isEqualTo(field));
    }

    private static void setBadge(AccountId account, int badge) {
        new JdbcTemplate(database)
                .update(
                        "update notifications.device set badge = ?, badge_cursor = 7 where account = ?",
                        badge,
                        account.value());
    }

    private static List<String> badges(AccountId account) {
        return new JdbcTemplate(database)
                .query(
                        "select badge, badge_cursor from notifications.device where account = ?",
                        (row, n) -> row.getString(1) + "/" + row.getString(2),
                        account.value());
    }

    private void register(AccountId account, String device, String token) throws Exception {
        put(account, device, """
                {"platform":"apns","token":"%s","colour":"red"}""".formatted(token)).andExpect(status().isNoContent());
    }

    private static ResultActions put(AccountId account, String device, String registration) throws Exception {
        return http.perform(as(
                account,
                MockMvcRequestBuilders.put("/api/v1/devices/{device}", device)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(registration)));
    }

    private static RequestBuilder as(AccountId account, MockHttpServletRequestBuilder request) {
        return request.principal(account::toString);
    }
}
