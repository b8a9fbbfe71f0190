package dev.parley.delivery.gateway;

import dev.parley.messages.SessionId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Which sockets of this node live by which session. Thread-safe, under one lock for memory work only.
///
/// **Why no socket outlives its session.** A token is dead in the database before the end of its session is a fact. Who
/// lets a socket in reads [#endings], asks whose the token is, enters the socket here, and reads [#endings] again. An
/// end that this node sees after the entering finds the socket here. One that it saw before has changed the number,
/// and the answer may be older than the end: then the database is asked once more, which knows the end by now.
final class Logins {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<SessionId, Set<Connection>> sockets = new HashMap<>();
    private final Map<Connection, Login> logins = new HashMap<>();
    private long endings;

    /// How many ends this node has seen.
    long endings() {
        lock.lock();
        try {
            return endings;
        } finally {
            lock.unlock();
        }
    }

    /// From now on the socket lives by this login, and by no other.
    void enter(Connection connection, Login login) {
        lock.lock();
        try {
            Login before = logins.put(connection, login);
            if (before != null) {
                unindex(connection, before);
            }
            sockets.computeIfAbsent(login.session(), none -> new HashSet<>(2)).add(connection);
        } finally {
            lock.unlock();
        }
    }

    void leave(Connection connection) {
        lock.lock();
        try {
            Login login = logins.remove(connection);
            if (login != null) {
                unindex(connection, login);
            }
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Login of(Connection connection) {
        lock.lock();
        try {
            return logins.get(connection);
        } finally {
            lock.unlock();
        }
    }

    /// The session has ended.
    ///
    /// @return the sockets that lived by it, to be closed
    List<Connection> ended(SessionId session) {
        lock.lock();
        try {
            endings++;
            return List.copyOf(sockets.getOrDefault(session, Set.of()));
        } finally {
            lock.unlock();
        }
    }

    /// All sessions have ended.
    ///
    /// @return all sockets, to be closed
    List<Connection> allEnded() {
        lock.lock();
        try {
            endings++;
            return List.copyOf(logins.keySet());
        } finally {
            lock.unlock();
        }
    }

    /// The logins that it is time to ask for again.
    Map<Connection, Login> due(long now) {
        Map<Connection, Login> due = new HashMap<>();
        lock.lock();
        try {
            logins.forEach((connection, login) -> {
                if (login.isDue(now)) {
                    due.put(connection, login);
                }
            });
        } finally {
            lock.unlock();
        }
        return due;
    }

    /// Puts another login in the place of one.
    ///
    /// @return false if the socket has moved or gone meanwhile
    boolean replace(Connection connection, Login expected, Login login) {
        lock.lock();
        try {
            return logins.replace(connection, expected, login);
        } finally {
            lock.unlock();
        }
    }

    private void unindex(Connection connection, Login login) {
        sockets.computeIfPresent(login.session(), (session, held) -> {
            held.remove(connection);
            return held.isEmpty() ? null : held;
        });
    }
}
