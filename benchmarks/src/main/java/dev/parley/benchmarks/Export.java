package dev.parley.benchmarks;

import dev.parley.benchmarks.Benchmarks.Benchmark;
import dev.parley.benchmarks.Benchmarks.Options;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;

/// How fast an analyst's result and an auditor's facts leave as a stream, read as fast as it comes.
///
/// Options: `--data` folder of the server, `--rounds`.
final class Export implements Benchmark {

    @Override
    public void run(Options options) throws Exception {
        Client operator = Operator.logIn(options);
        Map<String, HttpRequest.Builder> exports = new LinkedHashMap<>();
        exports.put("analyst: ubuntu, NDJSON", operator.get("/api/v1/archive/export?q=ubuntu&format=ndjson"));
        exports.put("analyst: ubuntu, CSV", operator.get("/api/v1/archive/export?q=ubuntu&format=csv"));
        exports.put(
                "auditor: all facts, NDJSON",
                operator.get("/api/v1/audit/events").header("Accept", "application/x-ndjson"));
        for (int round = 1; round <= options.number("rounds", 3); round++) {
            System.out.println("round " + round);
            for (Map.Entry<String, HttpRequest.Builder> export : exports.entrySet()) {
                System.out.printf(
                        "  %-32s %s%n",
                        export.getKey(), read(operator, export.getValue().build()));
            }
        }
    }

    private static String read(Client operator, HttpRequest request) throws IOException, InterruptedException {
        long start = System.nanoTime();
        HttpResponse<InputStream> answer = operator.http().send(request, BodyHandlers.ofInputStream());
        long lines = 0;
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream body = answer.body()) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                bytes += read;
                for (int i = 0; i < read; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return "%d: %,d lines in %.1f s, %,.0f lines and %.1f MB a second"
                .formatted(answer.statusCode(), lines, seconds, lines / seconds, bytes / seconds / 1e6);
    }
}
