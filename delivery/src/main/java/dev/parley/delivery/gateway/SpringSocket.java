package dev.parley.delivery.gateway;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/// A WebSocket of the servlet container.
final class SpringSocket implements Socket {

    private static final Logger log = LoggerFactory.getLogger(SpringSocket.class);

    private final WebSocketSession session;

    SpringSocket(WebSocketSession session) {
        this.session = session;
    }

    @Override
    public void send(String frame) throws IOException {
        session.sendMessage(new TextMessage(frame));
    }

    @Override
    public void ping() throws IOException {
        session.sendMessage(new PingMessage());
    }

    @Override
    public void close(CloseStatus status) {
        try {
            session.close(status);
        } catch (IOException | IllegalStateException e) {
            log.atDebug()
                    .addKeyValue("socket", session.getId())
                    .addKeyValue("error", e.toString())
                    .log("The socket was broken before it was closed");
        }
    }
}
