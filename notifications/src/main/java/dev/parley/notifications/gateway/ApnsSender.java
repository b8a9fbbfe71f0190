package dev.parley.notifications.gateway;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import dev.parley.notifications.device.ApnsEnvironment;
import dev.parley.notifications.gateway.PushResult.Later;
import dev.parley.notifications.gateway.PushResult.Misconfigured;
import dev.parley.notifications.gateway.PushResult.Refused;
import dev.parley.notifications.gateway.PushResult.Unavailable;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Apple's push service over HTTP/2. [ApnsRequest] says what goes there, [ApnsVerdict] what the answers
/// mean.
final class ApnsSender implements PushNotificationSender {

    private final ApnsClient production;
    private final ApnsClient sandbox;
    private final @Nullable String topic;
    private final Duration timeout;

    /// Both clients connect at their first push.
    ///
    /// @param topic for devices that registered none
    ApnsSender(ApnsClient production, ApnsClient sandbox, @Nullable String topic, Duration timeout) {
        this.production = production;
        this.sandbox = sandbox;
        this.topic = topic;
        this.timeout = timeout;
    }

    @Override
    public PushResult send(PushNotification notification) throws InterruptedException {
        String own = notification.target().topic();
        String to = own == null ? topic : own;
        if (to == null) {
            return new Refused("no-topic");
        }
        SimpleApnsPushNotification request = ApnsRequest.of(notification, to);
        return notification.target().environment() == ApnsEnvironment.SANDBOX
                ? harmless(send(sandbox, request, own != null))
                : send(production, request, own != null);
    }

    /// Whatever the sandbox says is about this device alone: anybody may register a token of it, and
    /// nobody else is to wait for that.
    private static PushResult harmless(PushResult result) {
        return switch (result) {
            case Unavailable away -> new Later(away.reason(), away.after());
            case Misconfigured ours -> new Refused(ours.reason());
            default -> result;
        };
    }

    private PushResult send(ApnsClient client, SimpleApnsPushNotification request, boolean ownTopic)
            throws InterruptedException {
        var answer = client.sendNotification(request);
        try {
            return ApnsVerdict.of(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS), ownTopic);
        } catch (TimeoutException e) {
            answer.cancel(false);
            return new Unavailable("timeout", null);
        } catch (ExecutionException e) {
            return new Unavailable("unreachable", null);
        }
    }

    /// Does not wait for the connections to be closed: what is under way is answered first, within the
    /// time that pushy leaves for it.
    @Override
    public void close() {
        var _ = production.close();
        var _ = sandbox.close();
    }
}
