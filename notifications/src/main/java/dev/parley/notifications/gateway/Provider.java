package dev.parley.notifications.gateway;

import dev.parley.notifications.LogField;
import dev.parley.notifications.device.Platform;
import dev.parley.notifications.gateway.PushResult.Misconfigured;
import dev.parley.notifications.gateway.PushResult.Paused;
import dev.parley.notifications.gateway.PushResult.Unavailable;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// A push service with the credentials of the moment, behind a circuit breaker: while the service
/// fails, asks to be left alone or does not take our credentials, nothing is sent but a probe now and
/// then. Thread-safe.
final class Provider implements PushNotificationSender {

    private static final Logger log = LoggerFactory.getLogger(Provider.class);
    /// How often credentials that were not taken are tried again.
    private static final Duration PROBE = Duration.ofSeconds(30);
    /// However long a service asks to be left alone.
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /// @param until nothing is sent before
    /// @param probing whether a push is under way to see whether it is over
    private record Trouble(ProviderState state, Instant until, boolean probing) {}

    private final Platform platform;
    private final CircuitBreaker breaker;
    private final Clock clock;
    private final AtomicReference<@Nullable Trouble> trouble = new AtomicReference<>();
    private volatile @Nullable PushNotificationSender sender;

    Provider(Platform platform, @Nullable PushNotificationSender sender, CircuitBreaker breaker, Clock clock) {
        this.platform = platform;
        this.sender = sender;
        this.breaker = breaker;
        this.clock = clock;
        breaker.getEventPublisher()
                .onStateTransition(event -> log.atLevel(
                                event.getStateTransition().getToState() == CircuitBreaker.State.OPEN
                                        ? Level.WARN
                                        : Level.INFO)
                        .addKeyValue(LogField.PLATFORM, platform.text())
                        .addKeyValue(
                                LogField.STATE,
                                event.getStateTransition().getToState().name())
                        .log("The circuit breaker of a push service changed its state"));
    }

    boolean hasCredentials() {
        return sender != null;
    }

    /// Sends with these from now on. What was sent with those of before is answered still.
    ///
    /// @return those of before, to be closed when nothing is under way with them any more
    @Nullable
    PushNotificationSender use(PushNotificationSender renewed) {
        PushNotificationSender before = sender;
        sender = renewed;
        trouble.set(null);
        return before;
    }

    ProviderState state() {
        Trouble now = trouble.get();
        if (sender == null) {
            return new ProviderState.NoCredentials();
        } else if (now != null && now.state() instanceof ProviderState.Misconfigured) {
            return now.state();
        } else if (now != null && clock.instant().isBefore(now.until())) {
            return new ProviderState.Paused(Duration.between(clock.instant(), now.until()));
        }
        return breaker.getState() == CircuitBreaker.State.OPEN
                ? new ProviderState.Paused(openFor())
                : new ProviderState.Ready();
    }

    @Override
    public PushResult send(PushNotification notification) throws InterruptedException {
        Instant now = clock.instant();
        Trouble known = trouble.get();
        if (known != null && now.isBefore(known.until())) {
            return new Paused(Duration.between(now, known.until()));
        }
        if (known != null && !mayGoOn(known, now)) {
            return new Paused(PROBE);
        }
        PushNotificationSender with = sender;
        if (with == null || !breaker.tryAcquirePermission()) {
            return new Paused(openFor());
        }
        return sent(with, notification);
    }

    /// What the service asked for is over with its time. Credentials that were not taken are tried with
    /// one push.
    private boolean mayGoOn(Trouble known, Instant now) {
        Trouble next = known.state() instanceof ProviderState.Misconfigured
                ? new Trouble(known.state(), now.plus(PROBE), true)
                : null;
        return trouble.compareAndSet(known, next) || trouble.get() == null;
    }

    private PushResult sent(PushNotificationSender with, PushNotification notification) throws InterruptedException {
        long began = System.nanoTime();
        PushResult result;
        try {
            result = with.send(notification);
        } catch (InterruptedException | RuntimeException e) {
            breaker.releasePermission();
            throw e;
        }
        switch (result) {
            case Unavailable away -> {
                breaker.onError(System.nanoTime() - began, TimeUnit.NANOSECONDS, new Away(away.reason()));
                if (away.after() != null) {
                    Duration after = away.after().compareTo(LONGEST) < 0 ? away.after() : LONGEST;
                    trouble.set(new Trouble(
                            new ProviderState.Paused(after), clock.instant().plus(after), false));
                }
            }
            case Misconfigured ours -> {
                breaker.releasePermission();
                misconfigured(ours);
            }
            default -> {
                breaker.onSuccess(System.nanoTime() - began, TimeUnit.NANOSECONDS);
                recovered();
            }
        }
        return result;
    }

    private void misconfigured(Misconfigured ours) {
        Trouble before = trouble.getAndSet(new Trouble(
                new ProviderState.Misconfigured(ours.reason()), clock.instant().plus(PROBE), false));
        if (before == null || !(before.state() instanceof ProviderState.Misconfigured)) {
            log.atError()
                    .addKeyValue(LogField.PLATFORM, platform.text())
                    .addKeyValue(LogField.REASON, ours.reason())
                    .log("A push service does not take our credentials; pushes wait until somebody mends them");
        }
    }

    /// An answer to what was sent before the trouble began says nothing about it: only that of a probe
    /// does.
    private void recovered() {
        Trouble known = trouble.get();
        if (known != null && known.probing() && trouble.compareAndSet(known, null)) {
            log.atInfo().addKeyValue(LogField.PLATFORM, platform.text()).log("A push service takes pushes again");
        }
    }

    private Duration openFor() {
        return Duration.ofMillis(breaker.getCircuitBreakerConfig()
                .getWaitIntervalFunctionInOpenState()
                .apply(1));
    }

    @Override
    public void close() {
        PushNotificationSender with = sender;
        if (with != null) {
            with.close();
        }
    }

    /// Tells the breaker of a failure; it is never thrown.
    private static final class Away extends Exception {
        private static final long serialVersionUID = 1L;

        Away(String reason) {
            super(reason, null, false, false);
        }
    }
}
