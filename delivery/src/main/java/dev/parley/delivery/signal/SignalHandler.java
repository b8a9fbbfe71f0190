package dev.parley.delivery.signal;

/// What this node does with signals. Called by the listening thread; it must not block.
public interface SignalHandler {

    void heard(Signal signal);

    /// Signals may have been missed up to now; from now on they are heard.
    void missed();
}
