package dev.parley.delivery.gateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/// Notes when a socket was opened: before its client is told so. A client opens the next one after that, so that of two
/// sockets of a client the second always has the later time, however slow the node of the first is.
final class OpeningTime implements HandshakeInterceptor {

    /// By `System.nanoTime`, among the attributes of the socket.
    static final String OPENED = OpeningTime.class.getName();

    @Override
    public boolean beforeHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            Map<String, Object> attributes) {
        attributes.put(OPENED, System.nanoTime());
        return true;
    }

    @Override
    public void afterHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            @Nullable Exception failure) {
        // Nothing is left to do.
    }
}
