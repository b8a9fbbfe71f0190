package dev.parley.query.lobby;

import dev.parley.messages.RejectedException;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.QuerySideProperties;
import dev.parley.query.progress.ProjectionProgress;
import dev.parley.tail.ReadBarrier;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reads the list of games with every write in it that was answered before, on whichever node.
///
/// ```
/// head of the store ──> this process has seen it ──> last fact of the lobby it saw ──> projected ──> select
/// ```
///
/// What is known to be projected is remembered, so that a list between two changes to it waits for the store's head
/// only. Thread-safe; it blocks the calling thread, a virtual one.
@Component
class GameList {

    private final ReadBarrier barrier;
    private final LobbyWatch watch;
    private final ProjectionProgress progress;
    private final LobbyTables tables;
    private final Duration wait;
    /// Only ever too low: while a server runs, stored tokens move forward.
    private final AtomicLong projected = new AtomicLong(-1);

    GameList(
            ReadBarrier barrier,
            LobbyWatch watch,
            ProjectionProgress progress,
            LobbyTables tables,
            QuerySideProperties properties) {
        this.barrier = barrier;
        this.watch = watch;
        this.progress = progress;
        this.tables = tables;
        this.wait = properties.lobbyWait();
    }

    /// All games, oldest first.
    ///
    /// @param seen the head that the request has waited for at the barrier; null where it has not
    /// @throws RejectedException `unavailable` if it cannot be as new in time
    List<LobbyTables.Row> read(@Nullable Long seen) {
        if (seen == null) {
            barrier.await();
        }
        long wanted = watch.last();
        if (projected.get() < wanted) {
            long reached = progress.await(QuerySideConfiguration.LOBBY, wanted, wait);
            projected.accumulateAndGet(reached, Math::max);
        }
        return tables.games();
    }
}
