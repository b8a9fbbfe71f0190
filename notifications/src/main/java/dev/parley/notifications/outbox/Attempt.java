package dev.parley.notifications.outbox;

import dev.parley.notifications.device.DeviceStore;
import dev.parley.notifications.device.PushTarget;
import dev.parley.notifications.gateway.PushGateways;
import dev.parley.notifications.gateway.PushNotification;
import dev.parley.notifications.gateway.PushNotificationSender;
import dev.parley.notifications.gateway.PushResult;
import dev.parley.notifications.outbox.Settlement.Ended;
import dev.parley.notifications.outbox.Settlement.Postponed;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Makes one attempt at one row, and says what becomes of it. Thread-safe.
@Component
class Attempt {

    private static final Logger log = LoggerFactory.getLogger(Attempt.class);
    /// Credentials come with a restart; until then a row without a gateway is looked at now and then.
    private static final Duration WITHOUT_GATEWAY = Duration.ofMinutes(5);

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

    /// @param acknowledged the position that the device has acknowledged, -1 for none
    Settlement at(OutboxRow row, long acknowledged) throws InterruptedException {
        return switch (SendDecision.of(row, acknowledged, clock.instant())) {
            case SendDecision.End end -> new Ended(row, end.state(), end.reason());
            case SendDecision.Send send -> send(row, send.target());
        };
    }

    private Settlement send(OutboxRow row, PushTarget target) throws InterruptedException {
        PushNotificationSender sender = gateways.sender(target.platform());
        if (sender == null) {
            return new Postponed(row, clock.instant().plus(WITHOUT_GATEWAY), "no-credentials");
        }
        var notification = new PushNotification(row.id(), target, row.subject(), row.alert(), row.expires());
        return switch (result(sender, notification)) {
            case PushResult.Sent sent -> new Ended(row, RowState.SENT, sent.reason());
            case PushResult.Refused refused -> new Ended(row, RowState.FAILED, refused.reason());
            case PushResult.Later later -> later(row, later.reason(), later.after());
            case PushResult.Unavailable away -> later(row, away.reason(), away.after());
            case PushResult.Misconfigured ours -> later(row, ours.reason(), null);
            case PushResult.Paused paused -> later(row, paused.reason(), paused.left());
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
        return new Postponed(row, clock.instant().plus(backoff.after(row.attempts(), asked)), reason);
    }
}
