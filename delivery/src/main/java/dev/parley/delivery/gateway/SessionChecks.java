package dev.parley.delivery.gateway;

import dev.parley.delivery.DeliveryProperties;
import dev.parley.delivery.frames.CloseCode;
import dev.parley.messages.query.Session;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks again, now and then, for the sessions of connected sockets. It keeps a session in use from expiring, and closes
/// a socket whose session is gone, should its end ever have been missed. Bounded: what finds no place waits for the
/// next look. Thread-safe.
final class SessionChecks {

    private static final Logger log = LoggerFactory.getLogger(SessionChecks.class);

    private final Logins logins;
    private final Authenticator authenticator;
    private final Executor executor;
    private final DeliveryProperties.Sessions settings;
    private final Semaphore places;

    SessionChecks(Logins logins, Authenticator authenticator, Executor executor, DeliveryProperties.Sessions settings) {
        this.logins = logins;
        this.authenticator = authenticator;
        this.executor = executor;
        this.settings = settings;
        this.places = new Semaphore(settings.atOnce());
    }

    /// Starts asking for those whose time has come.
    void look() {
        for (Map.Entry<Connection, Login> due : logins.due(System.nanoTime()).entrySet()) {
            if (!places.tryAcquire()) {
                return;
            }
            Connection connection = due.getKey();
            Login asked = due.getValue();
            Login later = asked.checked(settings.recheck());
            if (!logins.replace(connection, asked, later)) {
                places.release();
                continue;
            }
            executor.execute(() -> {
                try {
                    check(connection, later);
                } finally {
                    places.release();
                }
            });
        }
    }

    private void check(Connection connection, Login login) {
        try {
            Session session = authenticator.session(login.tokenHash());
            if (session == null && login.equals(logins.of(connection))) {
                connection.close(CloseCode.UNAUTHENTICATED);
            }
        } catch (UnavailableException e) {
            log.atDebug()
                    .addKeyValue("session", login.session())
                    .addKeyValue("error", e.toString())
                    .log("A session cannot be asked for now; it is asked for the next time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
