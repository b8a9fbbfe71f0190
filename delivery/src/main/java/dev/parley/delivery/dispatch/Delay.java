package dev.parley.delivery.dispatch;

import java.time.Duration;

/// Does something later, in a task of its own, which may block.
public interface Delay {

    /// Once the server is stopping, nothing is done.
    void after(Duration delay, Runnable action);
}
