package dev.parley.app.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.messages.AccountId;
import dev.parley.messages.Role;
import dev.parley.messages.account.AccountEvent.RoleGranted;
import dev.parley.messages.account.AccountEvent.RoleWithdrawn;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.query.Session;
import dev.parley.messages.session.SessionEvent.SessionClosed;
import dev.parley.tail.Follower;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Whose token it is, without asking command-side each time. Thread-safe.
///
/// An event that ends a session drops it here. Whoever asks waits at the read barrier first, so a session that was
/// ended on any node before the request began is not found. A token is dead in command-side's table before the event
/// that says so is stored, hence what the table says later is right; an answer of the table that was on its way while
/// the session changed is used once and not kept.
///
/// Only sessions without special roles are kept: what an auditor or admin may do is looked up each time. A role is
/// written to the table after its event, so an account whose roles just changed is not kept for a while.
@Component
class SessionCache implements Follower {

    private static final int SESSIONS = 10_000;
    /// The last use is noted, and the time limit looked at, at least so often.
    private static final Duration KEPT = Duration.ofMinutes(1);
    /// Longer than it takes from a role's event to its row.
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private final SessionLookup lookup;
    private final RecentChanges changes = new RecentChanges();
    private final Cache<String, Session> sessions = Caffeine.newBuilder()
            .maximumSize(SESSIONS)
            .expireAfterWrite(KEPT)
            .recordStats()
            .build();

    private final Cache<AccountId, Boolean> unsettled = Caffeine.newBuilder()
            .expireAfterWrite(SETTLING)
            .maximumSize(SESSIONS)
            .build();

    SessionCache(SessionLookup lookup, MeterRegistry meters) {
        this.lookup = lookup;
        CaffeineCacheMetrics.monitor(meters, sessions, "parley.app.sessions", List.of());
    }

    /// @return null for a token that is unknown, ended or expired
    /// @throws dev.parley.messages.RejectedException `unavailable` if it cannot be told now
    @Nullable
    Session find(String token) {
        String hash = sha256(token);
        Session known = sessions.getIfPresent(hash);
        return known == null ? ask(hash) : known;
    }

    @Override
    public void event(long position, TrackedEventMessage<?> message) {
        Class<?> type = message.getPayloadType();
        if (type == SessionClosed.class
                || type == RoleGranted.class
                || type == RoleWithdrawn.class
                || type == ApplicationCleared.class) {
            switch (message.getPayload()) {
                case SessionClosed closed -> drop(session -> session.id().equals(closed.session()));
                case RoleGranted granted -> rolesChanged(granted.account());
                case RoleWithdrawn withdrawn -> rolesChanged(withdrawn.account());
                default -> drop(session -> true);
            }
        }
    }

    private @Nullable Session ask(String hash) {
        long before = changeCount();
        Session found = lookup.find(hash);
        if (found != null && found.roles().equals(Set.of(Role.USER))) {
            keep(hash, found, before);
        }
        return found;
    }

    private synchronized long changeCount() {
        return changes.count();
    }

    private synchronized void keep(String hash, Session found, long asOf) {
        if (!changes.concernedSince(asOf, found) && unsettled.getIfPresent(found.account()) == null) {
            sessions.put(hash, found);
        }
    }

    private synchronized void drop(Predicate<Session> concerned) {
        changes.add(concerned);
        sessions.asMap().values().removeIf(concerned);
    }

    private void rolesChanged(AccountId account) {
        unsettled.put(account, true);
        drop(session -> session.account().equals(account));
    }

    /// Lower-case hex, as `FindSession` takes it.
    private static String sha256(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
