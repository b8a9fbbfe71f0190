package dev.parley.delivery.signal;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Sends signals as PostgreSQL notifications, all in one statement. Thread-safe.
public final class SignalNotifier {

    static final String CHANNEL = "parley_signal";

    private final JdbcClient jdbc;
    private final SignalCodec codec = new SignalCodec();

    SignalNotifier(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Tells every node, this one too, when the caller's transaction commits, in the order of the commits.
    public void announce(Collection<? extends Signal> signals) {
        send(null, signals);
    }

    /// @param from a node that needs not hear them
    void send(@Nullable NodeId from, Collection<? extends Signal> signals) {
        String[] payloads = codec.encode(from, signals).toArray(String[]::new);
        if (payloads.length > 0) {
            jdbc.sql("select pg_notify(:channel, payload) from unnest(:payloads) as payload")
                    .param("channel", CHANNEL)
                    .param("payloads", payloads)
                    .query((row, number) -> number)
                    .list();
        }
    }
}
