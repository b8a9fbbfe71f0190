package dev.parley.notifications.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.notifications.NotificationsConfiguration.NotificationsSchema;
import dev.parley.notifications.NotificationsProperties;
import dev.parley.notifications.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
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
        Flyway.configure()
                .dataSource(database)
                .schemas("notifications")
                .locations("classpath:db/notifications")
                .load()
                .migrate();
        NotificationsProperties properties = new Binder(
                        new MapConfigurationPropertySource(Map.of("parley.notifications.devices-per-account", "3")))
                .bindOrCreate("parley.notifications", NotificationsProperties.class);
        devices = new DeviceStore(
                JdbcClient.create(database),
                new JdbcTransactionManager(database),
                properties,
                Clock.systemUTC(),
                new NotificationsSchema("1"));
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
            devices.register(alice, "d" + i, new PushTarget(Platform.FCM, token + i, null, null, now.plusSeconds(i)));
        }
        assertThat(devices.list(alice)).extracting(DeviceView::device).containsExactly("d2", "d3", "d4");
    }

    @Test
    void aTokenGoneBeforeItsRegistrationStays() {
        Instant registered = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        devices.register(alice, "phone", new PushTarget(Platform.APNS, token, null, null, registered));
        assertThat(devices.dropToken(Platform.APNS, token, "Unregistered", registered.minusMillis(1)))
                .isFalse();
        assertThat(devices.list(alice)).hasSize(1);
        assertThat(devices.dropToken(Platform.APNS, token, "Unregistered", registered))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "phone, pigeon, aa, platform",
        "phone, apns, xyz, token",
        "phone, fcm, with space, token",
        "so many spaces, fcm, good, device"
    })
    void whatIsWrongIsNamed(String device, String platform, String badToken, String field) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> http.perform(as(
                                alice,
                                put("/api/v1/devices/{device}", device)
                                        .contentType(MediaType.APPLICATION_JSON)
                                        .content("{\"platform\":\"%s\",\"token\":\"%s\"}"
                                                .formatted(platform, badToken)))))
                        .getCause())
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        rejected -> assertThat(rejected.rejection().field()).isEqualTo(field));
    }

    private void register(AccountId account, String device, String token) throws Exception {
        http.perform(as(
                        account,
                        put("/api/v1/devices/{device}", device)
                                .contentType(MediaType.APPLICATION_JSON)
                                .content("{\"platform\":\"apns\",\"token\":\"%s\",\"colour\":\"red\"}"
                                        .formatted(token))))
                .andExpect(status().isNoContent());
    }

    private static RequestBuilder as(AccountId account, MockHttpServletRequestBuilder request) {
        return request.principal(account::toString);
    }
}
