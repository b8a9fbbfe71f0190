package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.testing.CommandSideStandIn;
import dev.parley.testing.Servers;
import dev.parley.testing.TestClient;
import java.net.http.HttpClient;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.JsonNode;

class GoAwayIT {

    @Test
    void shutdownSaysWhenToReturnAndKeepsTheCursor() throws Exception {
        ServletWebServerApplicationContext app = GatewayIT.run();
        CommandSideStandIn side = app.getBean(CommandSideStandIn.class);
        AccountId ann = side.account("ann");
        ConversationId talk = side.start(ann);
        TestClient client = TestClient.connect(
                        HttpClient.newHttpClient(), app.getWebServer().getPort())
                .hello("ann", "phone", -1);
        long last = client.untilCaughtUp().getLast();
        client.say("{'type':'ping'}").next("pong"); // the acks before it were taken
        assertThat(talk).isNotNull();

        app.close();

        JsonNode goAway = client.next("goaway");
        assertThat(goAway.get("spreadMs").longValue()).isPositive();
        assertThat(client.closeCode()).isEqualTo(4000);
        try (var connection = DriverManager.getConnection(
                        Servers.postgres().jdbcUrl(),
                        Servers.postgres().user(),
                        Servers.postgres().password());
                var rows = connection.createStatement().executeQuery("select position from delivery.cursor")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isEqualTo(last);
        }
    }
}
