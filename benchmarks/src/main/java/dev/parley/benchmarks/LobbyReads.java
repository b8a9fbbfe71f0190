package dev.parley.benchmarks;

import dev.parley.benchmarks.Benchmarks.Benchmark;
import dev.parley.benchmarks.Benchmarks.Options;
import dev.parley.messages.MessageId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;

/// What the lobby's promise costs, that a list of games sees every write before it: `GET /game` on a server at rest and
/// while messages flow as fast as they are taken; and a list right after a game was created, which has something to
/// wait for.
///
/// Options: `--games` in the list, `--seconds` of each step, `--senders` in flight, `--readers` in flight, `--rounds`.
final class LobbyReads implements Benchmark {

    private static final int CONVERSATIONS = 20;
    private static final int CREATED = 100;

    @Override
    public void run(Options options) throws Exception {
        Client nobody = Client.nobody(options.server());
        Client user = register(nobody);
        for (int i = 0; i < options.number("games", 50); i++) {
            createGame(user);
        }
        List<Talk> talks = talks(nobody);
        int seconds = options.number("seconds", 10);
        int readers = options.number("readers", 1);

        for (int round = 1; round <= options.number("rounds", 3); round++) {
            System.out.println("round " + round);
            measure("GET /game, at rest", readers, seconds, () -> list(user));
            createAndList("POST /game, then GET /game, at rest", user);
            try (Load messages = Load.start(options.number("senders", 32), () -> send(talks))) {
                Thread.sleep(3_000);
                measure("GET /game, messages flowing", readers, seconds, () -> list(user));
                createAndList("POST /game, then GET /game, messages flowing", user);
                System.out.printf("  %-44s %s%n", "messages meanwhile", messages.finish());
            }
        }
    }

    private static void measure(String what, int readers, int seconds, Load.Call call) throws InterruptedException {
        Load load = Load.start(readers, call);
        Thread.sleep(seconds * 1_000L);
        System.out.printf("  %-44s %s%n", what, load.finish());
    }

    /// So few that the list stays short.
    private static void createAndList(String what, Client user) throws InterruptedException {
        Load load = Load.start(1, CREATED, () -> createAndList(user)).await();
        System.out.printf("  %-44s %s%n", what, load.finish());
    }

    private static Client register(Client nobody) throws IOException, InterruptedException {
        String name = "bench-" + UUID.randomUUID();
        JsonNode answer = nobody.callPatiently("POST", "/user", Map.of("username", name, "password", "p", "email", ""));
        return nobody.as(answer.path("authToken").asString());
    }

    /// A conversation and who sends there, so that no account sends more than it may.
    private record Talk(Client sender, String conversation) {}

    private static List<Talk> talks(Client nobody) throws IOException, InterruptedException {
        List<Talk> talks = new ArrayList<>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            Client sender = register(nobody);
            JsonNode started = sender.call(
                    "POST", "/api/v1/conversations", Map.of("kind", "group", "title", "load", "members", List.of()));
            talks.add(new Talk(sender, started.path("id").asString()));
        }
        return talks;
    }

    private static void send(List<Talk> talks) throws IOException, InterruptedException {
        Talk talk = talks.get(ThreadLocalRandom.current().nextInt(talks.size()));
        String id = MessageId.at(System.currentTimeMillis(), UUID.randomUUID()).toString();
        talk.sender.call(
                "POST",
                "/api/v1/conversations/" + talk.conversation + "/messages",
                Map.of("id", id, "body", "the quick brown fox jumps over the lazy dog"));
    }

    private static int createGame(Client user) throws IOException, InterruptedException {
        return user.call("POST", "/game", Map.of("gameName", "benchmark"))
                .path("gameID")
                .asInt();
    }

    private static JsonNode list(Client user) throws IOException, InterruptedException {
        return user.call("GET", "/game", null).path("games");
    }

    /// A list without the game that was just created is a failure.
    private static void createAndList(Client user) throws IOException, InterruptedException {
        int created = createGame(user);
        for (JsonNode game : list(user)) {
            if (game.path("gameID").asInt() == created) {
                return;
            }
        }
        throw new IOException("The list lacks game " + created);
    }
}
