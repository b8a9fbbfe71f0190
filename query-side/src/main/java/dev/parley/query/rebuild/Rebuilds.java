package dev.parley.query.rebuild;

import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.query.QuerySideConfiguration;
import dev.parley.query.QuerySideProperties;
import dev.parley.query.batch.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Rebuilds of projections over the whole cluster: at most one of each, on whichever node finds it
/// first. Every node looks each second or so for one that nobody works on, takes it and goes on where
/// the last commit was. A failure that [lies in the facts](Faults) ends the rebuild; any other is
/// retried, after 1 s at first and 30 s at last, and shown meanwhile.
@Component
public class Rebuilds implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuilds.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);
    /// Who could have it written anew could hide what was tampered with.
    private static final String EVIDENCE = QuerySideConfiguration.CHAIN;

    private final RebuildWork work;
    private final Map<String, Rebuildable> projections;
    private final Duration lease;
    private final Duration retire;
    private final Map<String, Thread> running = new ConcurrentHashMap<>();
    private @Nullable ScheduledExecutorService timer;

    Rebuilds(RebuildWork work, List<Rebuildable> projections, QuerySideProperties properties) {
        this.work = work;
        this.projections = projections.stream().collect(Collectors.toMap(Rebuildable::projection, Function.identity()));
        this.lease = properties.rebuild().lease();
        this.retire = properties.rebuild().retire();
    }

    /// Begins to build it anew.
    ///
    /// @throws RejectedException `not-found` for a projection that cannot be, `invalid` while one is under way
    ///     and for the evidence against tampering
    public void start(String projection) {
        known(projection);
        if (!work.table().start(projection)) {
            throw new RejectedException(RejectionCode.INVALID, "A rebuild of this projection is under way");
        }
        LOG.atInfo().addKeyValue("projection", projection).log("A rebuild begins");
    }

    /// Gives up the one that is under way; what is read stays as it is.
    ///
    /// @throws RejectedException `not-found` where there is none
    public void cancel(String projection) {
        known(projection);
        if (!work.table().cancel(projection)) {
            throw new RejectedException(RejectionCode.NOT_FOUND, "No rebuild of this projection is under way");
        }
        LOG.atInfo().addKeyValue("projection", projection).log("A rebuild is cancelled");
    }

    private void known(String projection) {
        if (projection.equals(EVIDENCE)) {
            throw new RejectedException(
                    RejectionCode.INVALID,
                    "The chain is the evidence against tampering with the event store: it is never built anew");
        }
        if (!projections.containsKey(projection)) {
            throw new RejectedException(RejectionCode.NOT_FOUND, "No projection of this name can be rebuilt");
        }
    }

    /// Those that can be rebuilt, by name.
    Map<String, Rebuildable> projections() {
        return projections;
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("rebuilds").factory());
        timer = started;
        var _ = started.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
        running.values().forEach(Thread::interrupt);
        for (Thread thread : running.values()) {
            try {
                var _ = thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }

    private void look() {
        try {
            for (Rebuild rebuild : work.table().all()) {
                Rebuildable projection = projections.get(rebuild.projection());
                if (projection != null
                        && rebuild.state().isActive()
                        && work.table().lease(rebuild.projection(), work.owner(), lease)) {
                    running.computeIfAbsent(
                            rebuild.projection(),
                            name -> Thread.ofVirtual().name("rebuild-" + name).start(() -> run(projection)));
                }
            }
            work.table().leftOver(retire).forEach(this::remove);
        } catch (RuntimeException databaseDown) {
            LOG.atDebug().addKeyValue("cause", Faults.kinds(databaseDown)).log("Rebuilds cannot be looked for");
        }
    }

    private void run(Rebuildable projection) {
        String name = projection.projection();
        try {
            Duration pause = Duration.ofSeconds(1);
            while (!once(projection)) {
                Thread.sleep(pause.plusMillis(ThreadLocalRandom.current().nextLong(500)));
                pause = pause.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : pause.multipliedBy(2);
            }
        } catch (InterruptedException stopped) {
            LOG.atInfo().addKeyValue("projection", name).log("A rebuild waits for a node to go on with it");
        } finally {
            running.remove(name);
            release(name);
        }
    }

    /// @return whether there is nothing to retry
    private boolean once(Rebuildable projection) throws InterruptedException {
        Rebuild rebuild = work.table().find(projection.projection());
        if (rebuild == null || !rebuild.state().isActive()) {
            return true;
        }
        try {
            new Rebuilding(work, projection, rebuild).run();
            LOG.atInfo().addKeyValue("projection", rebuild.projection()).log("A rebuild has ended");
            return true;
        } catch (RebuildTable.LostException lost) {
            return true;
        } catch (RuntimeException failure) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return failed(rebuild, failure);
        }
    }

    private boolean failed(Rebuild rebuild, RuntimeException failure) {
        boolean passes = !Faults.areOfTheFacts(failure);
        LOG.atWarn()
                .addKeyValue("projection", rebuild.projection())
                .addKeyValue("cause", Faults.kinds(failure))
                .log(passes ? "A rebuild is interrupted and comes again" : "A rebuild failed");
        try {
            work.inTransaction(() -> {
                work.table().error(rebuild, work.owner(), Faults.kinds(failure));
                if (!passes) {
                    work.table().state(rebuild, work.owner(), RebuildState.FAILED);
                }
            });
            return !passes;
        } catch (RebuildTable.LostException lost) {
            return true;
        } catch (RuntimeException databaseDown) {
            return false;
        }
    }

    private void release(String projection) {
        try {
            work.table().release(projection, work.owner());
        } catch (RuntimeException databaseDown) {
            LOG.atDebug().addKeyValue("projection", projection).log("A rebuild's lease runs out by itself");
        }
    }

    private void remove(Rebuild rebuild) {
        Rebuildable projection = projections.get(rebuild.projection());
        if (projection == null) {
            return;
        }
        try {
            work.inTransaction(() -> {
                if (work.table().removed(rebuild)) {
                    work.tables().drop(projection);
                    Generation generation = work.generation(projection, rebuild.generation());
                    if (rebuild.state() == RebuildState.DONE) {
                        generation.retire();
                    } else {
                        generation.discard();
                    }
                }
            });
        } catch (RuntimeException failure) {
            LOG.atWarn()
                    .addKeyValue("projection", rebuild.projection())
                    .addKeyValue("cause", Faults.kinds(failure))
                    .log("What a rebuild left is not removed yet");
        }
    }
}
