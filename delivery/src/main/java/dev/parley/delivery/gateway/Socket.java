package dev.parley.delivery.gateway;

import java.io.IOException;
import org.springframework.web.socket.CloseStatus;

/// One WebSocket. Sends come from one task at a time; closing may come from anywhere and may block for a while.
interface Socket {

    /// Blocks until the text is handed to the network.
    ///
    /// @throws IOException if the socket is broken, or took nothing for the time limit
    void send(String frame) throws IOException;

    void ping() throws IOException;

    /// Closing a closed or broken socket does nothing.
    void close(CloseStatus status);
}
