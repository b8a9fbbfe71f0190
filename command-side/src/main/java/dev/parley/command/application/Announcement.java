package dev.parley.command.application;

import dev.parley.command.account.FirstAdmin;
import dev.parley.command.dispatch.Commands;
import dev.parley.command.era.Era;
import dev.parley.messages.application.ApplicationCommand.ClearApplication;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// The second half of a clear: what the tables have forgotten becomes a fact, and the first admin is
/// registered again. Each step can be repeated, also by several nodes at once. Thread-safe.
@Component
class Announcement {

    /// Whoever clears waits for it.
    private static final Duration ADMIN_PATIENCE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(Announcement.class);

    private final ClearStore store;
    private final Commands commands;
    private final FirstAdmin firstAdmin;
    private final Clock clock;
    private final Counter clears;
    private volatile boolean adminDue;

    Announcement(ClearStore store, Commands commands, FirstAdmin firstAdmin, Clock clock, MeterRegistry meters) {
        this.store = store;
        this.commands = commands;
        this.firstAdmin = firstAdmin;
        this.clock = clock;
        this.clears = meters.counter("parley.command-side.clears");
    }

    /// @throws RuntimeException where the era is not announced yet, or the first admin not registered:
    ///     both are to be tried again
    void make(Era era) {
        commands.send(new ClearApplication(era.number(), era.firstGame(), clock.instant()));
        adminDue = true;
        if (store.announced(era)) {
            clears.increment();
            log.atInfo()
                    .addKeyValue("era", era.number())
                    .addKeyValue("firstGame", era.firstGame().value())
                    .log("The application was cleared");
        }
        appointAdmin();
    }

    /// Does nothing unless [#make] got so far and no further. After a restart it is registered anyway.
    void appointAdmin() {
        if (adminDue) {
            firstAdmin.appoint(ADMIN_PATIENCE);
            adminDue = false;
        }
    }
}
