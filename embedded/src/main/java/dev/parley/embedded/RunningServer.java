package dev.parley.embedded;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server that is ready, and the data folder it holds. Thread-safe.
final class RunningServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RunningServer.class);

    private final Server server;
    private final DataFolder folder;
    private final Process process;
    private final int port;
    private boolean closed;

    RunningServer(Server server, DataFolder folder, Process process, int port) {
        this.server = server;
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /// Ends the server and gives the folder free. Whoever calls it while another closes waits for the end of that.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            server.ending().end(process.toHandle());
        } finally {
            folder.close();
        }
        log.atInfo()
                .addKeyValue("server", server.title())
                .addKeyValue("port", port)
                .log("embedded server stopped");
    }
}
