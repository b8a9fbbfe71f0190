package dev.parley.delivery.gateway;

import dev.parley.delivery.cursor.CursorKeeper;
import dev.parley.delivery.cursor.DeviceKey;
import dev.parley.delivery.frames.ClientFrame;
import dev.parley.delivery.frames.CloseCode;
import dev.parley.delivery.frames.ServerFrame.Welcome;
import dev.parley.messages.query.Session;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does what `hello` and `reauth` ask. It blocks the receiving thread, a virtual one, so that frames behind a `hello`
/// find it done; each wait is bounded.
final class Greeter {

    private static final Logger log = LoggerFactory.getLogger(Greeter.class);
    private static final double TYPING_BURST = 5;
    private static final double TYPING_PER_SECOND = 2;

    private final Authenticator authenticator;
    private final FeedOpener feeds;
    private final Commands commands;
    private final CursorKeeper cursors;
    private final GreeterContext context;

    /// @param sockets where devices are claimed
    /// @param heartbeat told to clients
    record GreeterContext(Sockets sockets, Duration heartbeat) {}

    Greeter(
            Authenticator authenticator,
            FeedOpener feeds,
            Commands commands,
            CursorKeeper cursors,
            GreeterContext context) {
        this.authenticator = authenticator;
        this.feeds = feeds;
        this.commands = commands;
        this.cursors = cursors;
        this.context = context;
    }

    void hello(Connection connection, ClientFrame.Hello hello) throws InterruptedException {
        try {
            greet(connection, hello);
        } catch (UnavailableException | RuntimeException e) {
            unavailable(connection, e);
        }
    }

    void reauth(Connection connection, Attachment attachment, ClientFrame.Reauth reauth) throws InterruptedException {
        try {
            Session session = authenticator.session(reauth.token());
            if (session == null || !session.account().equals(attachment.device().account())) {
                connection.close(CloseCode.UNAUTHENTICATED);
            } else {
                welcome(connection, session, attachment.feed().settled(feeds.fannedOut()));
            }
        } catch (UnavailableException e) {
            unavailable(connection, e);
        }
    }

    private void greet(Connection connection, ClientFrame.Hello hello)
            throws InterruptedException, UnavailableException {
        Session session = authenticator.session(hello.token());
        if (session == null) {
            connection.close(CloseCode.UNAUTHENTICATED);
        } else if (!feeds.isReady()) {
            connection.close(CloseCode.UNAVAILABLE);
        } else if (hello.position() != null && !feeds.isKnown(hello.position())) {
            connection.close(CloseCode.POSITION_UNKNOWN);
        } else {
            attach(connection, session, hello);
        }
    }

    private void attach(Connection connection, Session session, ClientFrame.Hello hello) {
        DeviceKey device = new DeviceKey(session.account(), hello.device());
        if (!context.sockets().claim(device, connection)) {
            connection.close(CloseCode.TOO_MANY_SOCKETS);
            return;
        }
        Feed feed;
        try {
            feed = feeds.open(session.account(), hello.position(), hello.window());
        } catch (RuntimeException e) {
            context.sockets().release(device, connection);
            throw e;
        }
        Sends sends = new Sends(commands, session.account(), connection::answer);
        Allowance typing = new Allowance(TYPING_BURST, TYPING_PER_SECOND);
        if (!connection.attach(new Attachment(session, device, feed, sends, typing))) {
            context.sockets().release(device, connection);
            return;
        }
        if (hello.position() != null) {
            cursors.note(device, hello.position());
        }
        welcome(connection, session, feed.settled(-1));
        connection.start(feed);
    }

    private void welcome(Connection connection, Session session, long position) {
        connection.answer(new Welcome(
                session.account(), session.id(), position, context.heartbeat().toSeconds()));
    }

    private static void unavailable(Connection connection, Throwable problem) {
        log.atWarn().setCause(problem).log("A client cannot be let in now");
        connection.close(CloseCode.UNAVAILABLE);
    }
}
