package dev.parley.delivery.gateway;

import dev.parley.delivery.DeliveryProperties;
import dev.parley.delivery.frames.CloseCode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/// Between the servlet container's WebSockets and [Connection]. The container calls it for one message of a socket at a
/// time. Messages come in parts, so that an idle socket holds small buffers.
final class GatewayHandler extends TextWebSocketHandler implements SubProtocolCapable {

    static final String SUB_PROTOCOL = "parley.v1";

    private static final Logger log = LoggerFactory.getLogger(GatewayHandler.class);
    private static final String CONNECTION = GatewayHandler.class.getName();
    /// Tomcat, "WebSocket How-To": time limits of blocking sends and of closing, in milliseconds.
    private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    private final GatewayNode node;
    private final Sockets sockets;
    private final Receiver receiver;
    private final DeliveryProperties.Socket limits;

    GatewayHandler(GatewayNode node, Sockets sockets, Receiver receiver, DeliveryProperties.Socket limits) {
        this.node = node;
        this.sockets = sockets;
        this.receiver = receiver;
        this.limits = limits;
    }

    @Override
    public List<String> getSubProtocols() {
        return List.of(SUB_PROTOCOL);
    }

    @Override
    public boolean supportsPartialMessages() {
        return true;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        if (session instanceof NativeWebSocketSession container) {
            jakarta.websocket.Session inner = container.getNativeSession(jakarta.websocket.Session.class);
            if (inner != null) {
                inner.getUserProperties().put(SEND_TIMEOUT, limits.silence().toMillis());
            }
        }
        Connection connection = new Connection(new SpringSocket(session), opened(session), node, sockets, limits);
        session.getAttributes().put(CONNECTION, connection);
        sockets.open(connection);
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) throws InterruptedException {
        Connection connection = connection(session);
        if (connection == null) {
            return;
        }
        connection.heard();
        String text = connection.assembler().add(message.getPayload(), message.isLast());
        if (connection.assembler().isTooLarge()) {
            connection.close(CloseCode.TOO_LARGE);
        } else if (text != null) {
            receive(connection, text);
        }
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
        Connection connection = connection(session);
        if (connection != null) {
            connection.close(CloseCode.BINARY_FRAME);
        }
    }

    @Override
    protected void handlePongMessage(WebSocketSession session, PongMessage message) {
        Connection connection = connection(session);
        if (connection != null) {
            connection.heard();
        }
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable exception) {
        log.atDebug()
                .addKeyValue("socket", session.getId())
                .addKeyValue("error", exception.toString())
                .log("A socket broke");
        end(session, CloseStatus.SESSION_NOT_RELIABLE);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        end(session, status);
    }

    private void receive(Connection connection, String text) throws InterruptedException {
        try {
            receiver.receive(connection, text);
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("A frame could not be handled");
            connection.close(CloseCode.FAULT);
        }
    }

    private static void end(WebSocketSession session, CloseStatus status) {
        Connection connection = connection(session);
        if (connection != null) {
            connection.close(status);
        }
    }

    private static long opened(WebSocketSession session) {
        return session.getAttributes().get(OpeningTime.OPENED) instanceof Long opened ? opened : System.nanoTime();
    }

    private static @Nullable Connection connection(WebSocketSession session) {
        Map<String, Object> attributes = session.getAttributes();
        return attributes.get(CONNECTION) instanceof Connection connection ? connection : null;
    }
}
