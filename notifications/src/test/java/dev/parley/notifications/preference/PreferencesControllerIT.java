package dev.parley.notifications.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.messages.AccountId;
import dev.parley.messages.RejectedException;
import dev.parley.notifications.NotificationsConfiguration.NotificationsSchema;
import dev.parley.notifications.NotificationsProperties;
import dev.parley.notifications.TestDatabase;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class PreferencesControllerIT {

    private static final String PATH = "/api/v1/notifications/preferences";

    private static HikariDataSource database;
    private static PreferenceStore store;
    private static MockMvc http;

    private final AccountId alice = new AccountId(UUID.randomUUID());
    private final AccountId bob = new AccountId(UUID.randomUUID());

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        Flyway.configure()
                .dataSource(database)
                .schemas("notifications")
                .locations("classpath:db/notifications")
                .load()
                .migrate();
        store = new PreferenceStore(JdbcClient.create(database), Clock.systemUTC(), new NotificationsSchema("3"));
        http = over(true);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static MockMvc over(boolean mentionsBreakMute) {
        NotificationsProperties properties = new Binder(new MapConfigurationPropertySource(
                        Map.of("parley.notifications.mentions-break-mute", mentionsBreakMute)))
                .bindOrCreate("parley.notifications", NotificationsProperties.class);
        return MockMvcBuilders.standaloneSetup(new PreferencesController(store, properties))
                .build();
    }

    @Test
    void whoNeverSaidHasTheDefaults() throws Exception {
        seen(alice, """
                {"preview":true,"mentionsBreakMute":true,"timeZone":"UTC"}""");
        over(false)
                .perform(get(PATH).principal(alice::toString))
                .andExpect(content().json("""
                        {"preview":true,"mentionsBreakMute":false,"timeZone":"UTC"}""", JsonCompareMode.STRICT));
    }

    @Test
    void whatAnAccountSaidIsItsOwn() throws Exception {
        String said = """
                {"preview":false,"mentionsBreakMute":false,"timeZone":"Europe/Berlin",
                "quietHours":{"from":"22:00","to":"07:30"}}""";
        say(alice, said).andExpect(status().isNoContent());
        seen(alice, said);
        seen(bob, """
                {"preview":true,"mentionsBreakMute":true,"timeZone":"UTC"}""");
    }

    @Test
    void sayingReplacesEverything() throws Exception {
        say(alice, """
                {"preview":false,"mentionsBreakMute":false,"timeZone":"Europe/Berlin",
                "quietHours":{"from":"22:00","to":"07:00"}}""").andExpect(status().isNoContent());
        say(alice, """
                {"timeZone":"America/New_York"}""").andExpect(status().isNoContent());
        seen(alice, """
                {"preview":true,"mentionsBreakMute":true,"timeZone":"America/New_York"}""");
        say(alice, """
                {"preview":false,"quietHours":null,"colour":"red"}""").andExpect(status().isNoContent());
        seen(alice, """
                {"preview":false,"mentionsBreakMute":true,"timeZone":"UTC"}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Etc/UTC", "Asia/Kolkata", "America/Argentina/Buenos_Aires", "Australia/Lord_Howe"})
    void zonesAreThoseOfTheWorld(String zone) throws Exception {
        say(alice, """
                {"timeZone":"%s"}""".formatted(zone)).andExpect(status().isNoContent());
        assertThat(store.find(alice).timeZone().getId()).isEqualTo(zone);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeZone|{\"timeZone\":\"Europe/Atlantis\"}",
                "timeZone|{\"timeZone\":\"europe/berlin\"}",
                "timeZone|{\"timeZone\":\"+01:00\"}",
                "timeZone|{\"timeZone\":\"UTC+1\"}",
                "timeZone|{\"timeZone\":\"Z\"}",
                "timeZone|{\"timeZone\":\"\"}",
                "quietHours.from|{\"quietHours\":{}}",
                "quietHours.from|{\"quietHours\":{\"to\":\"07:00\"}}",
                "quietHours.to|{\"quietHours\":{\"from\":\"07:00\"}}",
                "quietHours.to|{\"quietHours\":{\"from\":\"07:00\",\"to\":\"07:00\"}}",
                "quietHours.to|{\"quietHours\":{\"from\":\"22:00\",\"to\":\"24:00\"}}",
                "quietHours.to|{\"quietHours\":{\"from\":\"22:00\",\"to\":\"7:00\"}}",
                "quietHours.to|{\"quietHours\":{\"from\":\"22:00\",\"to\":\"07:00:00\"}}",
                "quietHours.from|{\"quietHours\":{\"from\":\"22:60\",\"to\":\"07:00\"}}",
                "quietHours.from|{\"quietHours\":{\"from\":\"ten\",\"to\":\"07:00\"}}"
            })
    void whatIsWrongIsNamedAndChangesNothing(String field, String body) {
        assertThat(catchThrowable(() -> say(alice, body)).getCause())
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        rejected -> assertThat(rejected.rejection().field()).isEqualTo(field));
        assertThat(store.find(alice)).isNull();
    }

    private static ResultActions say(AccountId account, String body) throws Exception {
        return http.perform(put(PATH)
                .principal(account::toString)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body));
    }

    private static void seen(AccountId account, String body) throws Exception {
        http.perform(get(PATH).principal(account::toString))
                .andExpect(status().isOk())
                .andExpect(content().json(body, JsonCompareMode.STRICT));
    }
}
