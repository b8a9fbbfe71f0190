package dev.parley.query.rebuild;

import dev.parley.query.batch.Faults;
import dev.parley.query.letters.DeadLetters.Unreadable;
import dev.parley.query.rebuild.FactLog.Reader;
import dev.parley.query.rebuild.FactLog.Taken;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;

/// One run of a rebuild, on the node that holds its lease:
///
/// ```
/// fill to the head ──> compare all of it ──> catch up, compare what changed ──> hold the live processor's token,
///                                            ^───────── too far behind ───────  catch up, compare, swap, commit
/// ```
///
/// While the token's row is locked the live processor can commit nothing, and the head read then is at or after all
/// that it committed. So readers find nothing missing after the swap. The live processor goes on behind it, which its
/// writes bear. It is held for some seconds at most: a swap that takes longer is undone, and comes again when the
/// generation is closer. While facts are written faster than it takes them in, that is not before they are fewer.
///
/// Interrupt the thread to stop; another run goes on from the last commit.
final class Rebuilding {

    /// Facts behind the head at which the token may be held: a moment's work.
    static final long CLOSE = 1_000;

    private final RebuildWork work;
    private final Rebuildable projection;
    private final Rebuild rebuild;
    private final Generation generation;
    private final Pace pace = new Pace(System::nanoTime);
    private long position;
    private int attempts;
    private @Nullable Reader reader;

    Rebuilding(RebuildWork work, Rebuildable projection, Rebuild rebuild) {
        this.work = work;
        this.projection = projection;
        this.rebuild = rebuild;
        this.generation = work.generation(projection, rebuild.generation());
        this.position = rebuild.position();
    }

    /// Returns when the generation is read, or refused.
    ///
    /// @throws RebuildTable.LostException if it was cancelled, or another node has it
    /// @throws RuntimeException for a failure; those that do not [lie in the facts](Faults) are worth
    ///     another run
    void run() throws InterruptedException {
        try {
            begin();
            fill();
            work.table().state(rebuild, work.owner(), RebuildState.VERIFYING);
            work.tables().analyze(projection, rebuild.generation());
            // Then the live processor writes to it, too, and it cannot be compared while that may run.
            boolean published = generation.isPublished();
            generation.settle();
            boolean over = !published && isRefused(generation.verify());
            while (!over) {
                fill();
                generation.settle();
                over = (!published && isRefused(generation.verifyChanged())) || swap();
            }
        } finally {
            close();
        }
    }

    private void begin() {
        String shape = work.tables().shape(projection);
        if (position >= 0 && shape.equals(rebuild.shape())) {
            return;
        }
        work.inTransaction(() -> {
            work.tables().create(projection, rebuild.generation());
            work.table().begin(rebuild, work.owner(), shape);
        });
        position = -1;
        generation.begin();
    }

    /// Up to the head as it is now, and until it is close to the head, which others move on. A batch is read while the
    /// one before it is written.
    private void fill() {
        long before;
        long left = Long.MAX_VALUE;
        do {
            before = left;
            long head = work.log().head();
            try (ExecutorService ahead = Executors.newVirtualThreadPerTaskExecutor()) {
                Reader open = reader();
                Future<Taken> next = ahead.submit(() -> take(open, head));
                while (position < head) {
                    Taken taken = await(next);
                    next = ahead.submit(() -> take(open, head));
                    work.inTransaction(() -> write(taken));
                    position = taken.position();
                }
            }
            left = work.log().head() - position;
        } while (left > CLOSE && !(left > before / 2 && left <= reach()));
    }

    /// Facts that are taken in during half the time for which the token may be held: close enough where
    /// it comes no closer.
    private long reach() {
        return (long) (pace.rate() * work.hold().toMillis() / 2_000);
    }

    private static Taken await(Future<Taken> batch) {
        try {
            return batch.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new DataAccessResourceFailureException("A rebuild was interrupted", stopped);
        }
    }

    private void write(Taken taken) {
        generation.write(taken.facts());
        pace.at(taken.position(), work.log().head());
        work.table().advance(rebuild, work.owner(), taken.position(), pace);
    }

    private boolean isRefused(Verification found) {
        if (found.isGood()) {
            work.table().verified(rebuild, work.owner(), found);
            return false;
        }
        refuse(found);
        return true;
    }

    private void refuse(Verification found) {
        work.inTransaction(() -> {
            work.table().verified(rebuild, work.owner(), found);
            work.table().error(rebuild, work.owner(), "The new generation is not as the log says");
            work.table().state(rebuild, work.owner(), RebuildState.FAILED);
        });
    }

    /// @return whether it is over, swapped or refused; false to catch up again
    private boolean swap() throws InterruptedException {
        long committed = position;
        Unreadable letters = work.letters().unreadable(rebuild.projection());
        try {
            return work.fetchInTransaction(() -> {
                work.holdToken(rebuild.projection());
                return swapAt(work.log().head(), System.nanoTime() + work.hold().toNanos(), letters);
            });
        } catch (DifferingException differs) {
            refuse(differs.found);
            return true;
        } catch (PessimisticLockingFailureException | QueryTimeoutException busy) {
            close();
            position = committed;
            work.table().error(rebuild, work.owner(), Faults.kinds(busy));
            // Between attempts the live processor has time to do what it was kept from: at last half a minute.
            long pause = ThreadLocalRandom.current().nextLong(100, 400) << Math.min(attempts++, 7);
            Thread.sleep(Duration.ofMillis(pause));
            return false;
        }
    }

    /// @param deadline in `System.nanoTime`
    /// @throws HeldTooLongException when it is over
    private boolean swapAt(long head, long deadline, Unreadable letters) {
        if (head - position > 2 * Math.max(CLOSE, reach())) {
            return false;
        }
        while (position < head) {
            requireTime(deadline);
            Taken taken = take(reader(), head);
            write(taken);
            position = taken.position();
        }
        generation.settle();
        Verification changes = generation.verifyChanged();
        if (!changes.isGood()) {
            throw new DifferingException(changes);
        }
        // The generation holds their facts. Who tries letters again locks them before tables.
        work.letters().forget(rebuild.projection(), letters);
        requireTime(deadline);
        work.tables().swap(projection, rebuild.generation());
        work.table().state(rebuild, work.owner(), RebuildState.DONE);
        generation.publish();
        return true;
    }

    private static void requireTime(long deadline) {
        if (System.nanoTime() > deadline) {
            throw new HeldTooLongException();
        }
    }

    /// Rolls the swap back, to try again.
    private static final class HeldTooLongException extends PessimisticLockingFailureException {

        private static final long serialVersionUID = 1L;

        HeldTooLongException() {
            super("The live processor would be held for too long");
        }
    }

    /// Rolls the swap back.
    private static final class DifferingException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Verification found;

        DifferingException(Verification found) {
            super("The new generation is not as the log says", null, false, false);
            this.found = found;
        }
    }

    private Taken take(Reader open, long head) {
        return open.take(work.batchSize(), head, projection::keeps);
    }

    private Reader reader() {
        Reader open = reader;
        if (open == null) {
            open = work.log().open(position);
            reader = open;
        }
        return open;
    }

    private void close() {
        Reader open = reader;
        reader = null;
        if (open != null) {
            open.close();
        }
    }
}
