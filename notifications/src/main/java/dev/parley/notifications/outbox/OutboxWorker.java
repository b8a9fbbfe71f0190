package dev.parley.notifications.outbox;

import dev.parley.notifications.LogField;
import dev.parley.notifications.NotificationsProperties;
import dev.parley.notifications.outbox.OutboxClaimer.Claimed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Sends what is due: one thread claims, a virtual thread a claim asks what is known of its devices, a virtual thread a
/// row sends, one thread writes the outcomes.
///
/// Stopping claims no more, waits for what is under way and writes its outcomes. Killed at any step it loses nothing:
/// a row whose outcome is not on disk is claimed again when its lease runs out, and sent with the same id.
@Component
class OutboxWorker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxWorker.class);
    private static final Duration TROUBLE = Duration.ofSeconds(2);
    private static final long FORGET_EVERY_NANOS = Duration.ofHours(1).toNanos();

    private final OutboxClaimer claimer;
    private final Attempt attempt;
    private final OutboxSettler settler;
    private final OutboxSignal signal;
    private final Duration poll;
    private volatile @Nullable Running running;

    OutboxWorker(
            OutboxClaimer claimer,
            Attempt attempt,
            OutboxSettler settler,
            OutboxSignal signal,
            NotificationsProperties properties) {
        this.claimer = claimer;
        this.attempt = attempt;
        this.settler = settler;
        this.signal = signal;
        this.poll = properties.outbox().poll();
    }

    private record Running(Thread claiming, ExecutorService sending, Thread settling) {}

    @Override
    public synchronized void start() {
        if (running == null) {
            ExecutorService sending = perTask("push-ask-");
            running = new Running(
                    Thread.ofVirtual().name("push-claim").start(() -> claimUntilInterrupted(sending)),
                    sending,
                    Thread.ofVirtual().name("push-settle").start(settler::run));
        }
    }

    @Override
    public synchronized void stop() {
        Running now = running;
        if (now != null) {
            running = null;
            end(now.claiming());
            now.sending().close();
            end(now.settling());
        }
    }

    private static ExecutorService perTask(String name) {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name, 0).factory());
    }

    private static void end(Thread thread) {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    private void claimUntilInterrupted(ExecutorService sending) {
        long forgot = System.nanoTime() - FORGET_EVERY_NANOS;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    if (System.nanoTime() - forgot >= FORGET_EVERY_NANOS) {
                        claimer.forgetOld();
                        forgot = System.nanoTime();
                    }
                    if (!claimSome(sending)) {
                        signal.await(poll);
                    }
                } catch (RuntimeException e) {
                    log.atWarn().setCause(e).log("Due pushes could not be claimed; trying again");
                    signal.await(TROUBLE);
                }
            }
        } catch (InterruptedException e) {
            // Asked to stop.
        }
    }

    /// @return whether there may be more
    private boolean claimSome(ExecutorService sending) throws InterruptedException {
        int slots = settler.takeSlots(OutboxClaimer.MOST, poll);
        if (slots == 0) {
            return true;
        }
        int used = 0;
        try {
            List<OutboxRow> rows = claimer.claim(slots);
            if (!rows.isEmpty()) {
                sending.execute(() -> askAndSend(rows));
                used = rows.size();
            }
        } finally {
            settler.giveBack(slots - used);
        }
        return used == slots;
    }

    private void askAndSend(List<OutboxRow> rows) {
        List<Claimed> claimed;
        try {
            claimed = claimer.ask(rows);
        } catch (RuntimeException e) {
            // The leases run out, and the rows are tried again.
            settler.giveBack(rows.size());
            log.atWarn().addKeyValue(LogField.ROWS, rows.size()).setCause(e).log("Nobody could be asked about pushes");
            return;
        }
        try (ExecutorService each = perTask("push-send-")) {
            claimed.forEach(one -> each.execute(() -> send(one)));
        }
    }

    private void send(Claimed claimed) {
        try {
            settler.settle(attempt.at(claimed));
        } catch (InterruptedException | RuntimeException e) {
            // The lease runs out, and the row is tried again.
            settler.giveBack(1);
            log.atWarn().setCause(e).log("A push could not be tried");
        }
    }
}
