package dev.parley.notifications.outbox;

import dev.parley.notifications.device.DeviceStore;
import dev.parley.notifications.device.PushTarget;
import dev.parley.notifications.gateway.PushGateways;
import dev.parley.notifications.gateway.PushNotification;
import dev.parley.notifications.gateway.PushNotificationSender;
import dev.parley.notifications.gateway.PushResult;
import dev.parley.notifications.outbox.OutboxClaimer.Claimed;
import dev.parley.notifications.outbox.Settlement.Ended;
import dev.parley.notifications.outbox.Settlement.Postponed;
import dev.parley.notifications.outbox.Settlement.Sent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Makes one attempt at one row, and says what becomes of it. Thread-safe.
@Component
class Attempt {

    private static final Logger log = LoggerFactory.getLogger(Attempt.class);
    /// Credentials may come at any time; until then a row without a gateway is looked at now and then.
    private static final Duration WITHOUT_GATEWAY = Duration.ofMinutes(1);
    /// Until somebody can tell what nobody can tell now.
    private static final Duration UNKNOWN = Duration.ofSeconds(30);

    private final PushGateways gateways;
    private final DeviceStore devices;
    private final Backoff backoff;
    private final Clock clock;

    Attempt(PushGateways gateways, DeviceStore devices, Backoff backoff, Clock clock) {
        this.gateways = gateways;
        this.devices = devices;
        this.backoff = backoff;
        this.clock = clock;
    }

    /// Blocks for as long as the push service takes.
    Settlement at(Claimed claimed) throws InterruptedException {
        OutboxRow row = claimed.row();
        return switch (SendDecision.of(row, claimed.known(), clock.instant())) {
            case SendDecision.End end -> new Ended(row, end.state(), end.reason());
            case SendDecision.Wait wait -> untried(row, UNKNOWN, wait.reason());
            case SendDecision.Send send -> send(claimed, send);
        };
    }

    private Settlement send(Claimed claimed, SendDecision.Send send) throws InterruptedException {
        OutboxRow row = claimed.row();
        PushTarget target = send.target();
        PushNotificationSender sender = gateways.sender(target.platform());
        if (sender == null) {
            return untried(row, WITHOUT_GATEWAY, "no-credentials");
        }
        return switch (result(sender, Payload.of(row, send))) {
            case PushResult.Sent sent ->
                new Sent(row, send.badge(), claimed.known().acknowledged());
            case PushResult.Refused refused -> new Ended(row, RowState.FAILED, refused.reason());
            case PushResult.Later later -> later(row, later.reason(), later.after());
            case PushResult.Unavailable away -> later(row, away.reason(), away.after());
            case PushResult.Misconfigured ours -> later(row, ours.reason(), null);
            case PushResult.Paused paused -> untried(row, paused.left(), paused.reason());
            case PushResult.TokenGone gone ->
                devices.dropToken(target.platform(), target.token(), gone.reason(), gone.since())
                        ? new Ended(row, RowState.UNREGISTERED, gone.reason())
                        : later(row, gone.reason(), null);
        };
    }

    private static PushResult result(PushNotificationSender sender, PushNotification notification)
            throws InterruptedException {
        try {
            return sender.send(notification);
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("A push gateway failed in a way it should not; the row is tried again");
            return new PushResult.Later("fault", null);
        }
    }

    private Settlement later(OutboxRow row, String reason, @Nullable Duration asked) {
        Duration wait = backoff.after(row.claim().attempts(), asked);
        return new Postponed(row, clock.instant().plus(wait), reason, true);
    }

    private Settlement untried(OutboxRow row, Duration wait, String reason) {
        Instant now = clock.instant();
        Duration waited = Duration.between(row.claim().created(), now);
        return new Postponed(row, now.plus(backoff.beyond(wait, waited)), reason, false);
    }
}
