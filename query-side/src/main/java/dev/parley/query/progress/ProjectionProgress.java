package dev.parley.query.progress;

import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.serialization.ParleySerializer;
import dev.parley.query.QuerySideProperties;
import dev.parley.query.paging.Parameters;
import java.time.Duration;
import java.util.OptionalLong;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Lets a read with the header `Parley-After: <position>` wait until its projection is there, so that clients read
/// their own writes.
///
/// A projection's position is its processor's token as stored, so that it holds for every node: the wait polls
/// `axon.token_entry`, at first after 5 ms, then less and less often, up to every 100 ms. It blocks the calling thread,
/// which is a virtual one.
@Component
public final class ProjectionProgress {

    /// The request header.
    public static final String HEADER = "Parley-After";

    private static final Duration FIRST_POLL = Duration.ofMillis(5);
    private static final Duration LAST_POLL = Duration.ofMillis(100);

    private final JdbcClient jdbc;
    private final Duration wait;
    private final ParleySerializer serializer = ParleySerializer.create();

    ProjectionProgress(JdbcClient jdbc, QuerySideProperties properties) {
        this.jdbc = jdbc;
        this.wait = properties.readWait();
    }

    /// Returns once each processor is at the position that the header names, at once where there is none.
    ///
    /// @return the position waited for, -1 where there is none
    /// @throws RejectedException `invalid` for a header that is no position, `unavailable` when the wait is over
    public long await(@Nullable String after, String... processors) {
        Long position = Parameters.natural(HEADER, after == null ? null : after.strip());
        if (position == null) {
            return -1;
        }
        long deadline = System.nanoTime() + wait.toNanos();
        for (String processor : processors) {
            await(processor, position, deadline);
        }
        return position;
    }

    /// The position up to which every fact is projected, -1 where nothing is.
    public long position(String processor) {
        return jdbc
                .sql("select token, tokentype from axon.token_entry where processorname = ?")
                .param(processor)
                .query((row, n) -> position(row.getBytes(1), row.getString(2)))
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .min()
                .orElse(-1);
    }

    /// Returns once the processor is at the position.
    ///
    /// @return the position it is at, which may be a later one
    /// @throws RejectedException `unavailable` when the patience is over
    public long await(String processor, long position, Duration patience) {
        return await(processor, position, System.nanoTime() + patience.toNanos());
    }

    /// As [#await], for who takes what there is.
    ///
    /// @return the position it is at, an earlier one when the patience is over
    /// @throws RejectedException `unavailable` when this server stops meanwhile
    public long approach(String processor, long position, Duration patience) {
        return approach(processor, position, System.nanoTime() + patience.toNanos());
    }

    private long await(String processor, long position, long deadline) {
        long reached = approach(processor, position, deadline);
        if (reached < position) {
            throw new RejectedException(
                    RejectionCode.UNAVAILABLE, "What was written is not visible here yet, try again");
        }
        return reached;
    }

    private long approach(String processor, long position, long deadline) {
        Duration pause = FIRST_POLL;
        long reached = position(processor);
        while (reached < position && System.nanoTime() + pause.toNanos() <= deadline) {
            pause(pause);
            Duration next = pause.multipliedBy(2);
            pause = next.compareTo(LAST_POLL) > 0 ? LAST_POLL : next;
            reached = position(processor);
        }
        return reached;
    }

    private long position(byte @Nullable [] token, @Nullable String type) {
        if (token == null || type == null) {
            return -1;
        }
        TrackingToken read = serializer.deserialize(new SimpleSerializedObject<>(token, byte[].class, type, null));
        OptionalLong position = read.position();
        return position.orElse(-1);
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RejectedException(RejectionCode.UNAVAILABLE, "The server is stopping, try again");
        }
    }
}
