package dev.parley.client;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/// What any number of clients of one process share: connections' threads and a timer. Thread-safe. Close it after the
/// clients.
public final class ClientTransport implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final ExecutorService executor;
    private final HttpClient http;
    private final ScheduledThreadPoolExecutor timer;

    public ClientTransport() {
        executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("parley-client-", 0).factory());
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .executor(executor)
                .build();
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("parley-client-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    HttpClient http() {
        return http;
    }

    ExecutorService executor() {
        return executor;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        http.shutdownNow();
        executor.shutdownNow();
    }
}
