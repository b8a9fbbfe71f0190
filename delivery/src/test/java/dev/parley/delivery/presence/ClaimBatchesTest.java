package dev.parley.delivery.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.delivery.cursor.DeviceKey;
import dev.parley.delivery.presence.ClaimStore.Wanted;
import dev.parley.messages.AccountId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClaimBatchesTest {

    private final ScriptedClaims store = new ScriptedClaims();
    private final List<Runnable> tasks = new ArrayList<>();
    private final ClaimReleases releases = new ClaimReleases(store, Duration.ZERO, new SimpleMeterRegistry());
    private final ClaimBatches batches = new ClaimBatches(store, releases, tasks::add);
    private final DeviceKey phone = new DeviceKey(new AccountId(UUID.randomUUID()), "phone");
    private final DeviceKey laptop = new DeviceKey(new AccountId(UUID.randomUUID()), "laptop");

    @Test
    void thoseWhoDoNotWaitAnyMoreAreLeftOut() {
        CompletableFuture<@Nullable Claim> given = batches.claim(new Wanted(phone, 0, 1));
        CompletableFuture<@Nullable Claim> other = batches.claim(new Wanted(laptop, 0, 1));
        given.cancel(false);
        tasks.removeFirst().run();
        assertThat(store.asked).containsExactly(List.of(laptop));
        assertThat(other).isCompletedWithValue(new Claim(laptop, 1, 0));
    }

    @Test
    void refusedIsSentAwayOnlyIfTheOtherIsNewerBeyondDoubt() {
        store.newest.put(phone, 7L);
        CompletableFuture<@Nullable Claim> sure = batches.claim(new Wanted(phone, 0, 1));
        tasks.removeFirst().run();
        assertThat(sure).isCompletedWithValue(null);
        store.doubtful = true;
        CompletableFuture<@Nullable Claim> unsure = batches.claim(new Wanted(phone, 0, 1));
        tasks.removeFirst().run();
        assertThat(unsure).isCompletedExceptionally();
    }

    @Test
    void claimThatComesTooLateIsReleased() {
        CompletableFuture<@Nullable Claim> given = batches.claim(new Wanted(phone, 0, 1));
        store.before = () -> given.cancel(false);
        tasks.removeFirst().run();
        releases.flush();
        assertThat(store.released).containsExactly(new Claim(phone, 1, 0));
    }
}
