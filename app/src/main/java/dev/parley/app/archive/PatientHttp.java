package dev.parley.app.archive;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/// Sends requests that may be repeated, and repeats them while the server is away, restarting or busy. Thread-safe.
final class PatientHttp implements AutoCloseable {

    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(30);

    private final Patience patience;
    private final Consumer<String> waiting;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    /// @param waiting is told, before each pause, why there is one and how long it may go on
    PatientHttp(Patience patience, Consumer<String> waiting) {
        this.patience = patience;
        this.waiting = waiting;
    }

    /// @return an answer of any status that is not a passing one (429, 502, 503, 504)
    /// @throws ImportException if there was none before the patience ended
    HttpResponse<byte[]> send(HttpRequest request) throws InterruptedException {
        long firstFailure = 0;
        for (int failures = 1; ; failures++) {
            String reason;
            Duration asked = Duration.ZERO;
            try {
                HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
                if (!PASSING.contains(response.statusCode())) {
                    return response;
                }
                reason = "it answers " + response.statusCode();
                asked = retryAfter(response);
            } catch (IOException e) {
                reason = reason(e);
            }
            long now = System.nanoTime();
            firstFailure = failures == 1 ? now : firstFailure;
            Duration left = patience.limit().minusNanos(now - firstFailure);
            if (!left.isPositive()) {
                throw new ImportException("Parley at " + server(request) + " could not be asked for "
                        + Spans.text(patience.limit()) + ": " + reason
                        + ". Start it (bin/run) or name it with --server, then run the same command again.");
            }
            waiting.accept("waiting for Parley at " + server(request) + ": " + reason + "; trying for another "
                    + Spans.text(left));
            Duration pause = patience.pause(failures, ThreadLocalRandom.current());
            Thread.sleep(min(left, max(pause, asked)));
        }
    }

    private static String server(HttpRequest request) {
        return request.uri().resolve("/").toString();
    }

    private static String reason(IOException e) {
        return switch (e) {
            case HttpTimeoutException timeout -> "it does not answer in time";
            case ConnectException refused -> "it refuses the connection or is not there";
            default -> "the connection broke";
        };
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        String seconds = response.headers().firstValue("Retry-After").orElse("");
        return seconds.matches("\\d{1,6}")
                ? min(Duration.ofSeconds(Long.parseLong(seconds)), LONGEST_RETRY_AFTER)
                : Duration.ZERO;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    @Override
    public void close() {
        http.close();
    }
}
