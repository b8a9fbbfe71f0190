package dev.parley.notifications.gateway;

/// A push service.
public interface PushNotificationSender extends AutoCloseable {

    /// Makes one attempt; repeating is the outbox's business. Blocks for the send timeout at most, so
    /// it is called on virtual threads; thread-safe.
    ///
    /// @return what became of it. Whatever goes wrong is a value: it throws for its own faults only,
    ///     which are treated as [PushResult.Later]
    PushResult send(PushNotification notification) throws InterruptedException;

    /// Lets go of connections. Nothing is sent after that.
    @Override
    void close();
}
