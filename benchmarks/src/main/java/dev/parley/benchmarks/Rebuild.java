package dev.parley.benchmarks;

import dev.parley.benchmarks.Benchmarks.Benchmark;
import dev.parley.benchmarks.Benchmarks.Options;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// How fast projections are built anew from what the event store of a running Parley holds: until all facts are
/// written, and until the new generation was compared with the log and is read. Processor time is that of the server's
/// JVM and of its children, databases among them, for each fact.
///
/// Options: `--data` folder of the server, `--projections` as a list, `--rounds`, `--pid` of the server.
final class Rebuild implements Benchmark {

    private static final int POLL_MILLIS = 500;

    @Override
    public void run(Options options) throws Exception {
        Client operator = Operator.logIn(options);
        ServerProcess server = ServerProcess.of(options);
        List<String> projections =
                List.of(options.text("projections", "history,inbox").split(","));
        for (int round = 1; round <= options.number("rounds", 3); round++) {
            System.out.println("round " + round);
            for (String projection : projections) {
                System.out.printf("  %-8s %s%n", projection, rebuilt(operator, server, projection));
            }
        }
    }

    private static String rebuilt(Client operator, ServerProcess server, String projection) throws Exception {
        CpuClock clock = server.cpuClock();
        String perFact = "";
        double filled = 0;
        long start = System.nanoTime();
        operator.call("POST", "/api/v1/admin/projections/" + projection + "/rebuild", null);
        while (true) {
            JsonNode all = operator.call("GET", "/api/v1/admin/projections", null);
            long facts = all.path("head").asLong() + 1;
            JsonNode rebuild = of(all, projection);
            String state = rebuild.path("state").asString("");
            double seconds = (System.nanoTime() - start) / 1e9;
            if (filled == 0 && !"filling".equals(state)) {
                filled = seconds;
                perFact = clock.perOperation(facts);
            }
            if ("done".equals(state)) {
                return "%,d facts written in %.1f s, %,.0f a second (%s each); read after %.1f s, %,.0f a second"
                        .formatted(facts, filled, facts / filled, perFact, seconds, facts / seconds);
            }
            if (!"filling".equals(state) && !"verifying".equals(state)) {
                throw new IOException(projection + " was not built anew: " + rebuild);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static JsonNode of(JsonNode all, String projection) throws IOException {
        return all.path("projections")
                .valueStream()
                .filter(one -> projection.equals(one.path("name").asString()))
                .findFirst()
                .orElseThrow(() -> new IOException("There is no projection " + projection))
                .path("rebuild");
    }
}
