package dev.parley.delivery.gateway;

import dev.parley.delivery.DeliveryProperties;
import dev.parley.delivery.cursor.DeviceKey;
import dev.parley.delivery.frames.CloseCode;
import dev.parley.delivery.presence.Claim;
import dev.parley.delivery.presence.ClaimReleases;
import dev.parley.delivery.presence.HeldDevices;
import dev.parley.messages.AccountId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The connections of this node: all of them, and those that said a good `hello` by account and device, where there is
/// one each. Thread-safe.
final class Sockets implements HeldDevices {

    private final DeliveryProperties.Limits limits;
    private final Logins logins;
    private final ClaimReleases releases;
    private final MeterRegistry meters;
    private final Set<Connection> all = ConcurrentHashMap.newKeySet();
    /// The inner maps are never changed, but replaced.
    private final Map<AccountId, Map<String, Held>> attached = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /// @param releases takes each claim whose socket is gone
    Sockets(DeliveryProperties.Limits limits, Logins logins, ClaimReleases releases, MeterRegistry meters) {
        this.limits = limits;
        this.logins = logins;
        this.releases = releases;
        this.meters = meters;
        meters.gaugeCollectionSize("parley.delivery.sockets", List.of(), all);
        meters.gaugeMapSize("parley.delivery.accounts", List.of(), attached);
    }

    private record Held(Claim claim, Connection connection) {}

    /// What came of a claim on this node.
    enum Entry {
        HELD,
        /// The account holds as many other devices as it may.
        TOO_MANY,
        /// A newer socket of the device is here already.
        REPLACED
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

    /// Whether the account may hold this device on this node; to be asked before the device is claimed.
    boolean hasRoom(DeviceKey device) {
        Map<String, Held> devices = attached.getOrDefault(device.account(), Map.of());
        return devices.containsKey(device.device()) || devices.size() < limits.perAccount();
    }

    /// Gives the device to this connection, if its claim is the newest here; the one that held it is closed.
    Entry enter(Claim claim, Connection connection) {
        String device = claim.device().device();
        Held[] before = new Held[1];
        Map<String, Held> now = attached.compute(claim.device().account(), (account, held) -> {
            Map<String, Held> devices = held == null ? new HashMap<>() : new HashMap<>(held);
            before[0] = devices.get(device);
            if (before[0] == null
                    ? devices.size() >= limits.perAccount()
                    : before[0].claim().number() > claim.number()) {
                return held;
            }
            devices.put(device, new Held(claim, connection));
            return Map.copyOf(devices);
        });
        if (now == null || !now.containsKey(device)) {
            return Entry.TOO_MANY;
        }
        if (before[0] != null && before[0].claim().number() > claim.number()) {
            return Entry.REPLACED;
        }
        if (before[0] != null) {
            before[0].connection().close(CloseCode.REPLACED);
        }
        return Entry.HELD;
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
        Held[] gone = new Held[1];
        attached.computeIfPresent(device.account(), (account, held) -> {
            Held now = held.get(device.device());
            if (now == null || now.connection() != connection) {
                return held;
            }
            gone[0] = now;
            Map<String, Held> devices = new HashMap<>(held);
            devices.remove(device.device());
            return devices.isEmpty() ? null : Map.copyOf(devices);
        });
        if (gone[0] != null) {
            releases.release(gone[0].claim());
        }
    }

    @Override
    public List<Claim> held() {
        return attached.values().stream()
                .flatMap(devices -> devices.values().stream())
                .map(Held::claim)
                .toList();
    }

    @Override
    public @Nullable Claim held(DeviceKey device) {
        Held held = attached.getOrDefault(device.account(), Map.of()).get(device.device());
        return held == null ? null : held.claim();
    }

    @Override
    public void replaced(Claim claim) {
        Held held = attached.getOrDefault(claim.device().account(), Map.of())
                .get(claim.device().device());
        if (held != null && held.claim().number() == claim.number()) {
            held.connection().close(CloseCode.REPLACED);
        }
    }

    /// By which sessions those live that said a good `hello`.
    Logins logins() {
        return logins;
    }

    Collection<Connection> all() {
        return all;
    }

    Collection<Connection> of(AccountId account) {
        return attached.getOrDefault(account, Map.of()).values().stream()
                .map(Held::connection)
                .toList();
    }

    /// From now on new connections are closed at once.
    ///
    /// @param away the time that clients are given to be back on other nodes: they count as online for it
    void close(Duration away) {
        closed = true;
        releases.leaving(away);
    }

    void count(CloseCode code) {
        meters.counter("parley.delivery.closes", "code", Integer.toString(code.code()))
                .increment();
    }
}
