package dev.parley.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;

/// An account, registered for a benchmark.
///
/// @param http with its token
record Person(String username, Client http) {

    private static final int AT_ONCE = 8;
    private static final int AT_THE_START = 1_000;

    static Person register(Client nobody) throws IOException, InterruptedException {
        String name = "bench-" + UUID.randomUUID();
        JsonNode answer = nobody.callPatiently(
                "POST", "/api/v1/accounts", Map.of("username", name, "password", "correct horse battery"));
        return new Person(name, nobody.as(answer.path("token").asString()));
    }

    /// Some at once. With the limits that a server has by itself, it takes 300 a minute.
    static List<Person> register(Client nobody, int count) throws InterruptedException, ExecutionException {
        System.out.printf("registering %d accounts%n", count);
        List<Person> people = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            Callable<Person> one = () -> register(nobody);
            List<Future<Person>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(threads.submit(one));
            }
            for (Future<Person> each : all) {
                people.add(each.get());
            }
        }
        return people;
    }

    UUID startDirect(Person other) throws IOException, InterruptedException {
        return start(Map.of("kind", "direct", "members", List.of(other.username)));
    }

    /// As many members at the start as a request bears, the rest one by one, as often as they may be added.
    UUID startGroup(List<Person> others) throws IOException, InterruptedException {
        int first = Math.min(others.size(), AT_THE_START);
        List<String> names = others.stream().map(Person::username).toList();
        UUID conversation = start(Map.of("kind", "group", "title", "crowd", "members", names.subList(0, first)));
        for (String name : names.subList(first, names.size())) {
            http.callPatiently("POST", "/api/v1/conversations/" + conversation + "/members", Map.of("username", name));
        }
        return conversation;
    }

    private UUID start(Map<String, ?> conversation) throws IOException, InterruptedException {
        return UUID.fromString(http.callPatiently("POST", "/api/v1/conversations", conversation)
                .path("id")
                .asString());
    }
}
