package dev.parley.delivery.presence;

import dev.parley.delivery.cursor.DeviceKey;
import dev.parley.delivery.presence.ClaimStore.Wanted;
import dev.parley.delivery.signal.Signal.DeviceClaimed;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One live socket for an account and device over all nodes, the newest. Thread-safe.
///
/// **Which is the newest?** The one that was opened last. A `hello` may be held up on its way in, on a socket that its
/// client has given up meanwhile: it must not take the device from the socket the client has now.
///
/// **Why exactly one stays.** A device has one row, whose number only rises. The node that lost the device hears of it,
/// or finds it in the table when it hears again after it could
/// not. What it heard may be late or of a socket that is not entered yet: so it is only a hint, upon which the table is
/// asked, and a hint that comes between a claim and [#settled] is kept until then. A claim that is not the row's any
/// more is closed; the row's own never is.
public final class DeviceClaims {

    private final ClaimBatches batches;
    private final ClaimReleases releases;
    private final ClaimCheck check;
    private final HeldDevices held;
    private final Duration timeout;
    private final Map<DeviceKey, Pending> pending = new ConcurrentHashMap<>();

    DeviceClaims(ClaimBatches batches, ClaimReleases releases, ClaimCheck check, HeldDevices held, Duration timeout) {
        this.batches = batches;
        this.releases = releases;
        this.check = check;
        this.held = held;
        this.timeout = timeout;
    }

    /// @param hellos that claim the device now
    /// @param heard the highest number heard of meanwhile
    private record Pending(int hellos, long heard) {}

    /// Takes the device from whoever holds it, anywhere. Blocks for one round trip to the database, bounded. Whoever
    /// got a claim enters its socket, or releases it, and then calls [#settled].
    ///
    /// @param position the log's head at the `hello`
    /// @param opened when the socket was opened, by `System.nanoTime`
    /// @return null where a newer socket holds the device beyond doubt
    /// @throws IllegalStateException if the database cannot be asked now, or whether this is the newer is in
    ///     doubt: the client's next socket will tell
    public @Nullable Claim claim(DeviceKey device, long position, long opened) throws InterruptedException {
        pending.merge(device, new Pending(1, -1), (a, b) -> new Pending(a.hellos() + 1, a.heard()));
        CompletableFuture<@Nullable Claim> claim = batches.claim(new Wanted(device, position, opened));
        boolean claimed = false;
        try {
            @Nullable Claim got = claim.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            claimed = got != null;
            return got;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The device cannot be claimed now", e);
        } finally {
            if (!claimed) {
                done(device);
                claim.cancel(false);
                claim.thenAccept(late -> {
                    if (late != null) {
                        releases.release(late);
                    }
                });
            }
        }
    }

    /// The claim's socket is entered, or the claim is released.
    public void settled(Claim claim) {
        Pending before = done(claim.device());
        if (before != null && before.heard() > claim.number()) {
            check.soon(claim.device());
        }
    }

    /// The socket is gone, or never was.
    public void release(Claim claim) {
        releases.release(claim);
    }

    void heard(DeviceClaimed claimed) {
        DeviceKey device = claimed.device();
        pending.computeIfPresent(
                device, (same, now) -> new Pending(now.hellos(), Math.max(now.heard(), claimed.number())));
        Claim ours = held.held(device);
        if (ours != null && ours.number() < claimed.number()) {
            check.soon(device);
        }
    }

    /// Signals were missed: any device may be lost, also one that is being claimed now.
    void missed() {
        pending.replaceAll((device, now) -> new Pending(now.hellos(), Long.MAX_VALUE));
        check.allSoon(pending::containsKey);
    }

    private @Nullable Pending done(DeviceKey device) {
        Pending[] before = new Pending[1];
        pending.computeIfPresent(device, (same, now) -> {
            before[0] = now;
            return now.hellos() == 1 ? null : new Pending(now.hellos() - 1, now.heard());
        });
        return before[0];
    }
}
