package dev.parley.delivery.gateway;

import org.apache.tomcat.util.net.SocketProperties;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;

/// What Tomcat and the kernel hold for each socket. Most sockets are idle most of the time, so their buffers are small:
/// larger messages come and go in parts. Sizes are in bytes, unless said otherwise.
@Configuration(proxyBeanMethods = false)
class SocketBuffers {

    /// In characters.
    private static final int TEXT_MESSAGE = 1024;

    private static final int BINARY_MESSAGE = 256;

    /// Each of the buffers in which Tomcat takes frames apart, puts them together and encodes text: 8 KiB by default.
    /// `org.apache.tomcat.websocket.Constants` reads it once, for the whole JVM.
    private static final int FRAME = 1024;

    private static final String FRAME_PROPERTY = "org.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE";

    /// The connector's two buffers of a connection, that of a REST request too: 8 KiB each by default.
    private static final int CONNECTION = 2048;

    /// A device that does not read has up to its window of events on the way. Without a bound of its own the kernel
    /// would
    /// hold megabytes of them for each such socket (`tcp_wmem`).
    private static final int KERNEL = 64 * 1024;

    @Bean
    ServletServerContainerFactoryBean deliveryWebSocketContainer() {
        ServletServerContainerFactoryBean container = new ServletServerContainerFactoryBean();
        container.setMaxTextMessageBufferSize(TEXT_MESSAGE);
        container.setMaxBinaryMessageBufferSize(BINARY_MESSAGE);
        return container;
    }

    /// Asked for before Tomcat starts, and so before its WebSockets read their property.
    ///
    /// @see SocketProperties
    @Bean
    TomcatConnectorCustomizer deliverySocketBuffers() {
        if (System.getProperty(FRAME_PROPERTY) == null) {
            System.setProperty(FRAME_PROPERTY, Integer.toString(FRAME));
        }
        return connector -> {
            connector.setProperty("socket.appReadBufSize", Integer.toString(CONNECTION));
            connector.setProperty("socket.appWriteBufSize", Integer.toString(CONNECTION));
            connector.setProperty("socket.txBufSize", Integer.toString(KERNEL));
        };
    }
}
