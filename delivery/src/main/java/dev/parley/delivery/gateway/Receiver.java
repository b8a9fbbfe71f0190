package dev.parley.delivery.gateway;

import dev.parley.delivery.cursor.CursorKeeper;
import dev.parley.delivery.frames.ClientFrame;
import dev.parley.delivery.frames.CloseCode;
import dev.parley.delivery.frames.FrameReader;
import dev.parley.delivery.frames.ServerFrame;
import dev.parley.delivery.signal.Signal;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import org.jspecify.annotations.Nullable;

/// Does what a client's frames ask, in their order, on the receiving thread of its socket.
final class Receiver {

    private final FrameReader reader = new FrameReader();
    private final Greeter greeter;
    private final Fanout fanout;
    private final CursorKeeper cursors;
    private final NodeSignals signals;
    private final DroppedTokenNotices notices;

    Receiver(Greeter greeter, Fanout fanout, CursorKeeper cursors, NodeSignals signals, DroppedTokenNotices notices) {
        this.greeter = greeter;
        this.fanout = fanout;
        this.cursors = cursors;
        this.signals = signals;
        this.notices = notices;
    }

    /// What a closed socket said meanwhile is not done.
    void receive(Connection connection, String text) throws InterruptedException {
        if (connection.isClosed()) {
            return;
        }
        ClientFrame frame = reader.read(text);
        Attachment attachment = connection.attachment();
        if (frame instanceof ClientFrame.Broken) {
            connection.close(CloseCode.BAD_FRAME);
        } else if (attachment == null) {
            first(connection, frame);
        } else {
            perform(connection, attachment, frame);
        }
    }

    private void first(Connection connection, ClientFrame frame) throws InterruptedException {
        if (frame instanceof ClientFrame.Hello hello) {
            greeter.hello(connection, hello);
            Attachment attachment = connection.attachment();
            if (attachment != null && !connection.isClosed()) {
                notices.greeted(attachment.device(), connection::answer);
            }
        } else if (frame instanceof ClientFrame.Refused refused
                && refused.type().equals("hello")) {
            connection.close(CloseCode.BAD_HELLO, detail(refused.rejection()));
        } else {
            connection.close(CloseCode.HELLO_EXPECTED);
        }
    }

    private void perform(Connection connection, Attachment attachment, ClientFrame frame) throws InterruptedException {
        switch (frame) {
            case ClientFrame.Hello hello -> connection.close(CloseCode.BAD_HELLO, "twice");
            case ClientFrame.Change change -> attachment.requests().change(change);
            case ClientFrame.Read read -> read(connection, attachment, read);
            case ClientFrame.Ack ack -> ack(connection, attachment, ack.position());
            case ClientFrame.Typing typing -> typing(attachment, typing);
            case ClientFrame.Reauth reauth -> greeter.reauth(connection, attachment, reauth);
            case ClientFrame.Ping ping ->
                connection.answer(new ServerFrame.Pong(attachment.feed().settled(fanout.fannedOut())));
            case ClientFrame.Refused refused ->
                connection.answer(ServerFrame.Problem.of(refused.id(), refused.rejection()));
            case ClientFrame.Broken broken -> connection.close(CloseCode.BAD_FRAME);
        }
    }

    private void ack(Connection connection, Attachment attachment, long position) {
        if (attachment.feed().ack(position)) {
            attachment.unacknowledged().acknowledged(position);
            cursors.note(attachment.device(), position);
            connection.wake();
        } else {
            connection.answer(ServerFrame.Problem.of(
                    null, Rejection.invalid("position", "Nothing was sent up to this position")));
        }
    }

    /// The command side does not know who is a member of a member's stream; the feed does.
    private static void read(Connection connection, Attachment attachment, ClientFrame.Read read) {
        if (attachment.feed().isMember(read.conversation())) {
            attachment.requests().read(read);
        } else {
            connection.answer(ServerFrame.Problem.of(
                    read.id().toString(),
                    new Rejection(RejectionCode.NOT_A_MEMBER, "You are no member of this conversation")));
        }
    }

    private void typing(Attachment attachment, ClientFrame.Typing typing) {
        if (!attachment.feed().isMember(typing.conversation())
                || !attachment.typing().take()) {
            return;
        }
        signals.typing(
                new Signal.Typing(typing.conversation(), attachment.device().account(), typing.on()));
    }

    private static String detail(Rejection rejection) {
        @Nullable String field = rejection.field();
        return field == null ? rejection.detail() : field + ": " + rejection.detail();
    }
}
