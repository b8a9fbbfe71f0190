package dev.parley.delivery.gateway;

import dev.parley.delivery.cursor.CursorKeeper;
import dev.parley.delivery.cursor.DeviceKey;
import dev.parley.delivery.frames.ClientFrame;
import dev.parley.delivery.frames.CloseCode;
import dev.parley.delivery.frames.ServerFrame.Welcome;
import dev.parley.delivery.presence.Claim;
import dev.parley.delivery.presence.DeviceClaims;
import dev.parley.delivery.receipt.Unacknowledged;
import dev.parley.messages.query.Session;
import dev.parley.tail.ReadBarrier;
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

    /// @param sockets of this node
    /// @param claims of devices, over all nodes
    /// @param barrier a `hello` sees every write that was answered before it
    /// @param heartbeat told to clients
    /// @param recheck how often a session is asked for again
    record GreeterContext(
            Sockets sockets, DeviceClaims claims, ReadBarrier barrier, Duration heartbeat, Duration recheck) {

        Logins logins() {
            return sockets.logins();
        }
    }

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
            String hash = Authenticator.hash(reauth.token());
            long endings = context.logins().endings();
            Session session = authenticator.session(hash);
            if (session == null || !session.account().equals(attachment.device().account())) {
                connection.close(CloseCode.UNAUTHENTICATED);
                return;
            }
            connection.move(Login.of(session, hash, context.recheck()));
            if (isOver(hash, endings)) {
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
        long head = context.barrier().await();
        String hash = Authenticator.hash(hello.token());
        long endings = context.logins().endings();
        Session session = authenticator.session(hash);
        if (session == null) {
            connection.close(CloseCode.UNAUTHENTICATED);
        } else if (hello.position() != null && hello.position() > head) {
            connection.close(CloseCode.POSITION_UNKNOWN);
        } else if (claim(connection, Login.of(session, hash, context.recheck()), hello, head)) {
            if (isOver(hash, endings)) {
                connection.close(CloseCode.UNAUTHENTICATED);
            } else {
                begin(connection, session, hello);
            }
        }
    }

    /// Whether the session ended while the socket was being let in. See [Logins].
    ///
    /// @param endings how many ends had been seen before the token was asked for
    private boolean isOver(String tokenHash, long endings) throws InterruptedException, UnavailableException {
        return context.logins().endings() != endings && authenticator.session(tokenHash) == null;
    }

    /// Takes the device, from another node too, and attaches the connection.
    ///
    /// @return false if it is closed
    private boolean claim(Connection connection, Login login, ClientFrame.Hello hello, long head)
            throws InterruptedException {
        DeviceKey device = new DeviceKey(login.account(), hello.device());
        if (!context.sockets().hasRoom(device)) {
            connection.close(CloseCode.TOO_MANY_SOCKETS);
            return false;
        }
        Claim claim = context.claims().claim(device, head, connection.opened());
        if (claim == null) {
            connection.close(CloseCode.REPLACED);
            return false;
        }
        try {
            Sockets.Entry entry = context.sockets().enter(claim, connection);
            if (entry == Sockets.Entry.HELD) {
                return attach(connection, login, hello, device);
            }
            context.claims().release(claim);
            connection.close(entry == Sockets.Entry.REPLACED ? CloseCode.REPLACED : CloseCode.TOO_MANY_SOCKETS);
            return false;
        } finally {
            context.claims().settled(claim);
        }
    }

    private boolean attach(Connection connection, Login login, ClientFrame.Hello hello, DeviceKey device) {
        boolean attached = false;
        try {
            Feed feed = feeds.open(login.account(), hello.position(), hello.window());
            Requests requests = new Requests(commands, login.account(), connection::answer);
            Unacknowledged unacknowledged = commands.receipts().of(login.account(), feed::isMember);
            Allowance typing = new Allowance(TYPING_BURST, TYPING_PER_SECOND);
            attached = connection.attach(new Attachment(device, feed, requests, unacknowledged, typing), login);
            return attached;
        } finally {
            if (!attached) {
                context.sockets().release(device, connection);
            }
        }
    }

    private void begin(Connection connection, Session session, ClientFrame.Hello hello) {
        Attachment attachment = connection.attachment();
        if (attachment == null) {
            throw new IllegalStateException("It was attached");
        }
        if (hello.position() != null) {
            cursors.note(attachment.device(), hello.position());
        }
        welcome(connection, session, attachment.feed().settled(-1));
        connection.start(attachment.feed());
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
