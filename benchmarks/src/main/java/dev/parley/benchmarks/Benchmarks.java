package dev.parley.benchmarks;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What `bin/benchmark` runs: the name of a benchmark, then its options as `--name value`.
public final class Benchmarks {

    private static final Map<String, Benchmark> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("cold-load", new ColdLoad()),
            Map.entry("crowd", new Crowd()),
            Map.entry("export", new Export()),
            Map.entry("idle", new Idle()),
            Map.entry("index-lag", new IndexLag()),
            Map.entry("lobby-reads", new LobbyReads()),
            Map.entry("messages", new Messages()),
            Map.entry("node", new NodeSpeed()),
            Map.entry("pushes", new Pushes()),
            Map.entry("rebuild", new Rebuild()),
            Map.entry("search", new Search())));

    private Benchmarks() {}

    /// A measurement that prints its figures.
    interface Benchmark {

        /// @throws Exception if it could not be measured
        void run(Options options) throws Exception;
    }

    /// @param values by name, without the dashes
    record Options(Map<String, String> values) {

        URI server() {
            return URI.create(values.getOrDefault("server", "http://127.0.0.1:8080"));
        }

        String text(String name, String otherwise) {
            return values.getOrDefault(name, otherwise);
        }

        /// Where the WebSockets go; the server's own without `--gateway`.
        List<URI> gateways() {
            String own = "ws://" + server().getAuthority() + "/ws";
            return Arrays.stream(text("gateway", own).split(","))
                    .map(URI::create)
                    .toList();
        }

        /// Separated by commas.
        List<Integer> numbers(String name, String otherwise) {
            return Arrays.stream(text(name, otherwise).split(","))
                    .map(Integer::valueOf)
                    .toList();
        }

        int number(String name, int otherwise) {
            return Integer.parseInt(values.getOrDefault(name, Integer.toString(otherwise)));
        }
    }

    public static void main(String[] arguments) throws Exception {
        Benchmark benchmark = arguments.length == 0 ? null : ALL.get(arguments[0]);
        if (benchmark == null || arguments.length % 2 == 0) {
            System.err.println("usage: bin/benchmark " + ALL.keySet() + " [--server URL] [--option value]...");
            System.exit(2);
            return;
        }
        Map<String, String> values = new TreeMap<>();
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        for (int i = 0; i < rest.length; i += 2) {
            values.put(rest[i].replaceFirst("^--", ""), rest[i + 1]);
        }
        benchmark.run(new Options(values));
    }
}
