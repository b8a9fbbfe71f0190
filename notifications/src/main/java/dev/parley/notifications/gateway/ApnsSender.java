package dev.parley.notifications.gateway;

import com.eatthepath.pushy.apns.ApnsClient;
import dev.parley.notifications.device.ApnsEnvironment;
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
        ApnsClient client = notification.target().environment() == ApnsEnvironment.SANDBOX ? sandbox : production;
        var answer = client.sendNotification(ApnsRequest.of(notification, to));
        try {
            return ApnsVerdict.of(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS), own != null);
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
