package dev.parley.notifications.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.messages.AccountId;
import dev.parley.notifications.TestDatabase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/// Phones that change hands at the same moment.
class RegistrationRaceIT {

    private static final int THREADS = 8;
    private static final int MOST = 3;

    private static HikariDataSource database;
    private static DeviceStore devices;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        devices = TestDevices.over(database, MOST);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @RepeatedTest(20)
    void aTokenThatManyRegisterAtOnceHasOneOwner() throws Exception {
        String token = token();
        List<AccountId> accounts = accounts(2 * THREADS);
        CyclicBarrier together = new CyclicBarrier(accounts.size());
        all(accounts.stream()
                .<Task>map(account -> () -> {
                    together.await(30, TimeUnit.SECONDS);
                    register(account, "phone", token);
                })
                .toList());

        assertThat(owners(token)).isEqualTo(1);
        assertThat(accounts.stream().filter(account -> !devices.list(account).isEmpty()))
                .hasSize(1);
    }

    @RepeatedTest(20)
    void twoPhonesThatSwapAccountsDoNotWaitForEachOtherForEver() throws Exception {
        List<AccountId> accounts = accounts(2);
        List<String> tokens = List.of(token(), token());
        CyclicBarrier together = new CyclicBarrier(2);
        for (int round = 0; round < 10; round++) {
            int shift = round;
            all(IntStream.range(0, 2)
                    .<Task>mapToObj(i -> () -> {
                        together.await(30, TimeUnit.SECONDS);
                        register(accounts.get((i + shift) % 2), "phone" + i, tokens.get(i));
                    })
                    .toList());
            assertThat(owners(tokens.get(0)) + owners(tokens.get(1))).isEqualTo(2);
        }
    }

    /// Few accounts, few tokens, and fewer places than devices: registrations prune and take from one another.
    @Test
    void registrationsOfAllKindsEndWithoutDeadlock() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("-Dseed=" + seed);
        List<AccountId> accounts = accounts(4);
        List<String> tokens = IntStream.range(0, 8).mapToObj(i -> token()).toList();
        all(IntStream.range(0, THREADS)
                .<Task>mapToObj(thread -> () -> {
                    Random random = new Random(seed + thread);
                    for (int i = 0; i < 300; i++) {
                        AccountId account = accounts.get(random.nextInt(accounts.size()));
                        String device = "d" + random.nextInt(5);
                        String token = tokens.get(random.nextInt(tokens.size()));
                        switch (random.nextInt(10)) {
                            case 0 -> devices.remove(account, device);
                            case 1 -> devices.dropToken(Platform.FCM, token, "UNREGISTERED", null);
                            default -> register(account, device, token);
                        }
                    }
                })
                .toList());

        assertThat(accounts)
                .allSatisfy(account -> assertThat(devices.list(account)).hasSizeLessThanOrEqualTo(MOST));
        AccountId last = accounts.getFirst();
        for (String token : tokens) {
            register(last, "last", token);
            assertThat(owners(token)).isEqualTo(1);
        }
    }

    private interface Task {
        void run() throws Exception;
    }

    private static void all(List<Task> tasks) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = new ArrayList<>();
            for (Task task : tasks) {
                done.add(threads.submit(() -> {
                    task.run();
                    return null;
                }));
            }
            for (Future<?> each : done) {
                each.get(2, TimeUnit.MINUTES);
            }
        }
    }

    private static void register(AccountId account, String device, String token) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        devices.register(account, device, new PushTarget(Platform.FCM, token, null, null, now), null);
    }

    private static int owners(String token) {
        return new JdbcTemplate(database)
                .queryForObject("select count(*) from notifications.device where token = ?", Integer.class, token);
    }

    private static List<AccountId> accounts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new AccountId(UUID.randomUUID()))
                .toList();
    }

    private static String token() {
        return UUID.randomUUID().toString();
    }
}
