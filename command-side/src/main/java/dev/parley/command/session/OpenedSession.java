package dev.parley.command.session;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.parley.messages.AccountId;
import dev.parley.messages.SessionId;
import dev.parley.messages.session.SessionCommand.CloseSession;
import dev.parley.messages.session.SessionCommand.OpenSession;
import dev.parley.messages.session.SessionEvent;
import dev.parley.messages.session.SessionEvent.SessionClosed;
import dev.parley.messages.session.SessionEvent.SessionOpened;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/// One session: opened once, closed once. Its token and its last use are in a table. It has two events, so keeping it
/// in memory would only take the place of a conversation.
@Aggregate(type = "Session")
class OpenedSession {

    @AggregateIdentifier
    private @Nullable SessionId id;

    private @Nullable AccountId account;
    private boolean closed;

    OpenedSession() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(OpenSession command) {
        if (id == null) {
            apply(new SessionOpened(
                    command.session(), command.account(), command.at().truncatedTo(ChronoUnit.MILLIS)));
        }
    }

    @CommandHandler
    void handle(CloseSession command) {
        if (!closed) {
            apply(new SessionClosed(
                    command.session(),
                    Objects.requireNonNull(account, "A session that was opened is somebody's"),
                    command.reason(),
                    command.by(),
                    command.at().truncatedTo(ChronoUnit.MILLIS)));
        }
    }

    @EventSourcingHandler
    void on(SessionEvent event) {
        id = event.session();
        account = event.account();
        switch (event) {
            case SessionOpened it -> {}
            case SessionClosed it -> closed = true;
        }
    }
}
