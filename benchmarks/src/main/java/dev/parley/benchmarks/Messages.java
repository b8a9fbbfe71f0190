package dev.parley.benchmarks;

import dev.parley.benchmarks.Benchmarks.Benchmark;
import dev.parley.benchmarks.Benchmarks.Options;
import java.util.List;

/// What chatting over the WebSocket is like: so many senders, each with a receiver, keep some sends in flight. Counted
/// and timed are messages at the receiver, from the call that sends; `accepted` is what the sender waits for the
/// answer.
/// Processor time is that of the server's JVM and of its children, and of this process, for each message.
///
/// Options: `--pairs`, `--in-flight` as a list, `--seconds` of each step, `--rounds` after a first one to warm up,
/// `--gateway` as a list, `--pid` of the server.
final class Messages implements Benchmark {

    @Override
    public void run(Options options) throws Exception {
        int count = options.number("pairs", 50);
        int seconds = options.number("seconds", 20);
        List<Integer> inFlight = options.numbers("in-flight", "1,10");
        ServerProcess server = ServerProcess.of(options);
        try (Devices devices = new Devices(options.gateways())) {
            Pairs pairs = Pairs.connect(devices, Client.nobody(options.server()), count);
            for (int round = 0; round <= options.number("rounds", 3); round++) {
                System.out.println(round == 0 ? "warm-up" : "round " + round);
                for (int each : inFlight) {
                    CpuClock theirs = server.cpuClock();
                    CpuClock ours = new CpuClock();
                    print(count, each, pairs.talk(each, seconds), theirs, ours);
                    System.out.printf("    so far %s%n", devices.faults());
                }
            }
        }
    }

    private static void print(int pairs, int inFlight, Pairs.Talk talk, CpuClock theirs, CpuClock ours) {
        long messages = Math.max(1, talk.received().getTotalCount());
        System.out.printf(
                "  %d pairs, %d in flight: %.0f received/s  %s%n",
                pairs, inFlight, talk.receivedPerSecond(), Deliveries.percentiles(talk.received()));
        System.out.printf(
                "    accepted %.0f/s  %s  (%d failed, %d missing)%n",
                talk.sends().perSecond(),
                Deliveries.percentiles(talk.sends().latencies()),
                talk.sends().failures(),
                talk.missing());
        System.out.printf(
                "    a message: server %s, this process %.0f us%n",
                theirs.perOperation(messages), ours.jvmNanos() / 1e3 / messages);
    }
}
