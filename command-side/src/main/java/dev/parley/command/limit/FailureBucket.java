package dev.parley.command.limit;

import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How often something may still fail. Thread-safe.
///
/// An attempt under way counts like a failure until it has ended, so that guesses at the same time do not pass a bucket
/// with one token left. When the tokens are all spoken for by attempts under way, the next one waits for one of them
/// to end: many who log in at once with the right password are not refused.
final class FailureBucket {

    /// How long an attempt waits for those before it.
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Bucket bucket;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();

    /// Guarded by the lock; never more than the bucket has tokens.
    private long underWay;

    FailureBucket(Bucket bucket) {
        this.bucket = bucket;
    }

    /// Each that returns is followed by one [#leave].
    ///
    /// @throws RejectedException `rate-limited` if there were as many failures as there may be, with
    ///     the time until the next attempt may be made; `unavailable` if too many attempts are under
    ///     way
    void enter(String refusal) {
        long nanosLeft = PATIENCE.toNanos();
        lock.lock();
        try {
            while (bucket.getAvailableTokens() <= underWay) {
                if (underWay == 0) {
                    throw new RejectedException(Rejection.rateLimited(refusal, wait(bucket)));
                }
                if (nanosLeft <= 0) {
                    throw new RejectedException(RejectionCode.UNAVAILABLE, "Too many log in at this moment");
                }
                nanosLeft = ended.awaitNanos(nanosLeft);
            }
            underWay++;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedException(RejectionCode.UNAVAILABLE, "The server is stopping");
        } finally {
            lock.unlock();
        }
    }

    void leave(boolean failed) {
        lock.lock();
        try {
            underWay--;
            if (failed) {
                bucket.consumeIgnoringRateLimits(1);
            }
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Until there is a token, in whole seconds, at least one.
    static Duration wait(Bucket bucket) {
        long nanos = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        return Duration.ofSeconds(Math.max(1, Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1))));
    }
}
