package dev.parley.benchmarks;

import dev.parley.benchmarks.Benchmarks.Benchmark;
import dev.parley.benchmarks.Benchmarks.Options;
import dev.parley.notifications.testing.PushSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/// What the role of notifications does, against a push service that takes everything and is in this process, over
/// HTTP/2 and TLS for APNs and over HTTP/1.1 for FCM. Parley is one of its own, started by `bin/run` in another process
/// on an empty PostgreSQL. Three parts:
///
/// - `sustained`: pushes a second from events that were stored before ([OwedPushes])
/// - `latency`: from a message to its push, with an empty outbox ([PushLatency])
/// - `silent`: from a message to a socket that has died without a word, to its push ([SilentSockets])
///
/// Options: `--only` a list of those, `--platform` `apns` or `fcm`, `--rounds`; `--devices` that are owed pushes, in
/// conversations of `--group` of them, `--messages` to each, `--roles` of the node that pushes; `--pairs` for latency,
/// `--rate` a second, `--seconds`; `--sockets`; `--push-arguments` of `bin/run` besides, and `--java-opts` of its JVM.
final class Pushes implements Benchmark {

    private static final String PARTS = "sustained,latency,silent";

    @Override
    public void run(Options options) throws Exception {
        List<String> parts = List.of(options.text("only", PARTS).split(","));
        String platform = options.text("platform", "apns");
        PushArrivals arrivals = new PushArrivals();
        Path keys = Files.createTempDirectory("parley-push");
        try (PushSink sink = PushSink.start(platform, keys, arrivals::add);
                OwnParley parley = new OwnParley(options, arguments(sink, options))) {
            parley.start(OwnParley.ALL);
            Client nobody = Client.nobody(parley.address());
            if (parts.contains("sustained")) {
                PushAudience audience = PushAudience.register(
                        nobody, sink, platform, options.number("devices", 1_000), options.number("group", 100));
                parley.stop();
                OwedPushes owed = new OwedPushes(parley, audience, arrivals, options);
                rounds("sustained", options.number("rounds", 2), owed::round);
                if (parts.size() > 1) {
                    parley.start(OwnParley.ALL);
                }
            }
            if (parts.contains("latency")) {
                PushAudience pairs = PushAudience.register(nobody, sink, platform, options.number("pairs", 20), 1);
                rounds(
                        "latency",
                        options.number("rounds", 2),
                        new PushLatency(parley, pairs, arrivals, options)::round);
            }
            if (parts.contains("silent")) {
                PushAudience pairs = PushAudience.register(nobody, sink, platform, options.number("sockets", 20), 1);
                rounds("silent", options.number("rounds", 2), new SilentSockets(parley, pairs, arrivals)::round);
            }
        } finally {
            FileSystemUtils.deleteRecursively(keys);
        }
    }

    private interface Round {
        void run() throws Exception;
    }

    private static void rounds(String part, int count, Round round) throws Exception {
        for (int i = 1; i <= count; i++) {
            System.out.printf("%s, round %d%n", part, i);
            round.run();
        }
    }

    private static List<String> arguments(PushSink sink, Options options) {
        List<String> arguments = new ArrayList<>(sink.arguments());
        String more = options.text("push-arguments", "");
        if (!more.isEmpty()) {
            arguments.addAll(List.of(more.split(" ")));
        }
        return arguments;
    }
}
