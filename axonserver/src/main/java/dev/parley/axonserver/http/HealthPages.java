package dev.parley.axonserver.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Whether the node lives, which it does while it answers, and whether it is ready, which it is if it can append. The
/// answers have the shape of Spring
/// Boot's, and the status 503 where the node is DOWN. The database is asked at most once a second, whoever asks how
/// often.
final class HealthPages {

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Check(long at, CompletableFuture<Map<String, String>> faults) {}

    private final ObservedNode node;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Check last;

    HealthPages(ObservedNode node) {
        this.node = node;
    }

    List<Route> routes() {
        return List.of(
                Route.open("/actuator/health", (variables, target) -> readiness()),
                Route.open("/actuator/health/readiness", (variables, target) -> readiness()),
                Route.open(
                        "/actuator/health/liveness", (variables, target) -> Reply.json(200, Map.of("status", "UP"))));
    }

    private Reply readiness() {
        Map<String, String> faults = faults();
        Map<String, Object> components = new LinkedHashMap<>();
        component(components, "grpc", faults);
        component(components, "database", faults);
        node.contexts().forEach(context -> component(components, "context " + context.name(), faults));
        boolean up = faults.isEmpty();
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("status", up ? "UP" : "DOWN");
        health.put("components", components);
        return Reply.json(up ? 200 : 503, health);
    }

    private static void component(Map<String, Object> components, String name, Map<String, String> faults) {
        String fault = faults.get(name);
        components.put(
                name,
                fault == null ? Map.of("status", "UP") : Map.of("status", "DOWN", "details", Map.of("reason", fault)));
    }

    /// What is wrong, by component.
    private Map<String, String> faults() {
        boolean looking = false;
        Check next = new Check(System.nanoTime(), new CompletableFuture<>());
        lock.lock();
        try {
            if (last != null && next.at - last.at < FRESH_NANOS) {
                next = last;
            } else {
                last = next;
                looking = true;
            }
        } finally {
            lock.unlock();
        }
        if (looking) {
            look(next);
        }
        return next.faults.join();
    }

    private void look(Check check) {
        try {
            check.faults.complete(look());
        } catch (RuntimeException e) {
            check.faults.complete(Map.of("database", "It cannot be asked"));
        }
    }

    private Map<String, String> look() {
        Map<String, String> faults = new LinkedHashMap<>();
        if (!node.listens()) {
            faults.put("grpc", "The node is shutting down");
        }
        if (!node.databaseAnswers()) {
            faults.put("database", "PostgreSQL does not answer");
        }
        for (ObservedContext context : node.contexts()) {
            if (!context.writable().getAsBoolean()) {
                faults.put("context " + context.name(), "The event writer has no connection to PostgreSQL");
            }
        }
        return faults;
    }
}
