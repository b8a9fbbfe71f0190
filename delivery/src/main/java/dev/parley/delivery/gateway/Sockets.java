package dev.parley.delivery.gateway;

import dev.parley.delivery.DeliveryProperties;
import dev.parley.delivery.cursor.DeviceKey;
import dev.parley.delivery.frames.CloseCode;
import dev.parley.messages.AccountId;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The connections of this node: all of them, and those that said a good `hello` by account and device, where there is
/// one each. Thread-safe.
final class Sockets {

    private final DeliveryProperties.Limits limits;
    private final Logins logins;
    private final MeterRegistry meters;
    private final Set<Connection> all = ConcurrentHashMap.newKeySet();
    /// The inner maps are never changed, but replaced.
    private final Map<AccountId, Map<String, Connection>> attached = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Sockets(DeliveryProperties.Limits limits, Logins logins, MeterRegistry meters) {
        this.limits = limits;
        this.logins = logins;
        this.meters = meters;
        meters.gaugeCollectionSize("parley.delivery.sockets", List.of(), all);
        meters.gaugeMapSize("parley.delivery.accounts", List.of(), attached);
    }

    /// Admits a new connection, or closes it.
    void open(Connection connection) {
        all.add(connection);
        if (closed) {
            connection.close(CloseCode.GOING_AWAY);
        } else if (all.size() > limits.sockets()) {
            connection.close(CloseCode.NODE_FULL);
        }
    }

    /// Gives the device to this connection; the one that held it is closed.
    ///
    /// @return false if the account holds as many others as it may
    boolean claim(DeviceKey device, Connection connection) {
        Connection[] replaced = new Connection[1];
        Map<String, Connection> now = attached.compute(device.account(), (account, held) -> {
            Map<String, Connection> devices = held == null ? new HashMap<>() : new HashMap<>(held);
            if (!devices.containsKey(device.device()) && devices.size() >= limits.perAccount()) {
                return held;
            }
            replaced[0] = devices.put(device.device(), connection);
            return Map.copyOf(devices);
        });
        if (replaced[0] != null && replaced[0] != connection) {
            replaced[0].close(CloseCode.REPLACED);
        }
        return now != null && now.get(device.device()) == connection;
    }

    void remove(Connection connection) {
        all.remove(connection);
        logins.leave(connection);
        Attachment attachment = connection.attachment();
        if (attachment != null) {
            release(attachment.device(), connection);
        }
    }

    /// Takes the device from this connection, if it holds it.
    void release(DeviceKey device, Connection connection) {
        attached.computeIfPresent(device.account(), (account, held) -> {
            if (held.get(device.device()) != connection) {
                return held;
            }
            Map<String, Connection> devices = new HashMap<>(held);
            devices.remove(device.device());
            return devices.isEmpty() ? null : Map.copyOf(devices);
        });
    }

    /// By which sessions those live that said a good `hello`.
    Logins logins() {
        return logins;
    }

    Collection<Connection> all() {
        return all;
    }

    Collection<Connection> of(AccountId account) {
        return attached.getOrDefault(account, Map.of()).values();
    }

    /// From now on new connections are closed at once.
    void close() {
        closed = true;
    }

    void count(CloseCode code) {
        meters.counter("parley.delivery.closes", "code", Integer.toString(code.code()))
                .increment();
    }
}
