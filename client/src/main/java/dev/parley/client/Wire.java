package dev.parley.client;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One WebSocket: whole texts in, whole texts out, one after the other. What it hears goes to its [Owner] in order, and
/// nothing more is read before the owner returns. Sending never blocks.
final class Wire implements WebSocket.Listener {

    private static final int ABNORMAL = 1006;
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final long GOODBYE_SECONDS = 2;

    /// Hears what comes; the wire says which one it is, since an owner has a new one after each disconnect.
    interface Owner {
        void opened(Wire wire);

        void heard(Wire wire, String text);

        /// The other end lives.
        void alive(Wire wire);

        /// Once, whatever ended it.
        void ended(Wire wire, int code, String reason);
    }

    private final Owner owner;
    private final Executor executor;
    private final StringBuilder parts = new StringBuilder();
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
    private volatile @Nullable WebSocket socket;
    private volatile boolean over;

    private Wire(Owner owner, Executor executor) {
        this.owner = owner;
        this.executor = executor;
    }

    /// Connects; the owner hears of it, or that it failed.
    static Wire connect(ClientTransport transport, URI gateway, Owner owner) {
        Wire wire = new Wire(owner, transport.executor());
        var _ = transport
                .http()
                .newWebSocketBuilder()
                .subprotocols("parley.v1")
                .connectTimeout(HANDSHAKE)
                .buildAsync(gateway, wire)
                .whenCompleteAsync(
                        (opened, failure) -> {
                            if (failure != null) {
                                wire.end(ABNORMAL, String.valueOf(failure.getMessage()));
                            }
                        },
                        transport.executor());
        return wire;
    }

    /// In its turn. What cannot be sent ends the wire, on another thread: the caller may hold a monitor.
    synchronized void send(String text) {
        sent = sent.thenCompose(before -> open().sendText(text, true))
                .exceptionallyAsync(
                        failure -> {
                            cut("cannot send: " + failure.getMessage());
                            return null;
                        },
                        executor);
    }

    /// Says goodbye after what was to be sent, and hangs up if there is no answer.
    synchronized void close() {
        over = true;
        WebSocket open = socket;
        if (open != null) {
            sent = sent.thenCompose(before -> open.sendClose(WebSocket.NORMAL_CLOSURE, ""));
            CompletableFuture.delayedExecutor(GOODBYE_SECONDS, TimeUnit.SECONDS).execute(open::abort);
        }
    }

    /// Ends it without a word.
    void cut(String reason) {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
        end(ABNORMAL, reason);
    }

    @Override
    public void onOpen(WebSocket opened) {
        synchronized (this) {
            socket = opened;
            if (over) {
                opened.abort();
                return;
            }
        }
        opened.request(1);
        owner.opened(this);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        parts.append(data);
        if (last) {
            String text = parts.toString();
            parts.setLength(0);
            try {
                owner.heard(this, text);
            } catch (RuntimeException failure) {
                cut("the listener failed: " + failure);
            }
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        owner.alive(this);
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        end(code, reason);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        end(ABNORMAL, String.valueOf(failure.getMessage()));
    }

    private WebSocket open() {
        return Objects.requireNonNull(socket, "not open yet");
    }

    private void end(int code, String reason) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        owner.ended(this, code, reason);
    }
}
