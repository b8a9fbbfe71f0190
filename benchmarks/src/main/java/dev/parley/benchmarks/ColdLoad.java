package dev.parley.benchmarks;

import dev.parley.axonserver.AxonServerNode;
import dev.parley.axonserver.AxonServerNodeProperties;
import dev.parley.benchmarks.Benchmarks.Benchmark;
import dev.parley.benchmarks.Benchmarks.Options;
import dev.parley.benchmarks.CommandSideUnderLoad.Database;
import dev.parley.embedded.EmbeddedPostgres;
import dev.parley.messages.ConversationId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.util.FileSystemUtils;

/// How long the first command to a long conversation takes, when the node does not have it in memory: with as many
/// events after the newest snapshot as there may be. Each measured command is a new message, so its append is part of
/// the time.
///
/// "warm": a node that has worked for a while, with the conversation thrown out of its cache before each command. "new
/// JVM": the very first command of a node that has just started, each time another process.
///
/// Options: `--events` of the conversation, `--members`, `--tail` events after the snapshot at the most, `--rounds`,
/// `--jvms`.
final class ColdLoad implements Benchmark {

    private static final int WARM_UP = 20;

    @Override
    public void run(Options options) throws Exception {
        if (!options.text("node", "").isEmpty()) {
            first(options);
            return;
        }
        Path folder = Files.createTempDirectory(
                Files.createDirectories(Path.of(System.getProperty("parley.benchmark.data"))), "postgresql");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            Database database = new Database(postgres.jdbcUrl(), postgres.user(), postgres.password());
            try (AxonServerNode node =
                    AxonServerNode.start(AxonServerNodeProperties.with(Map.of("port", 0)), source(database))) {
                measure("127.0.0.1:" + node.port(), database, options);
            }
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static PGSimpleDataSource source(Database database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setPassword(database.password());
        return source;
    }

    private static void measure(String node, Database database, Options options) throws Exception {
        int rounds = options.number("rounds", 50);
        int jvms = options.number("jvms", 3);
        // The measured commands lengthen the tail; the last of them still find no newer snapshot.
        int tail = options.number("tail", 999) - WARM_UP - rounds - jvms;
        try (LongConversation conversation = LongConversation.at(node, options.number("members", 50));
                CommandSideUnderLoad commandSide = CommandSideUnderLoad.start(node, database)) {
            conversation.fill(options.number("events", 1_000_000) - tail);
            System.out.printf("  %-32s %s%n", "snapshot", conversation.snapshot(commandSide));
            conversation.fill(tail);
            print("first " + WARM_UP, cold(commandSide, conversation, WARM_UP));
            CpuClock clock = new CpuClock();
            print("warm", cold(commandSide, conversation, rounds));
            System.out.printf("  %-32s %s%n", "", clock.perOperation(rounds));
            print("in memory, without an append", hot(commandSide, conversation, rounds));
            Histogram firsts = new Histogram(3);
            for (int i = 0; i < jvms; i++) {
                firsts.recordValue(NewJvm.microsOfFirst(node, database, conversation.id()));
            }
            print("new JVM", firsts);
        }
    }

    private static Histogram cold(CommandSideUnderLoad commandSide, LongConversation conversation, int times) {
        Histogram micros = new Histogram(3);
        for (int i = 0; i < times; i++) {
            commandSide.forget();
            micros.recordValue(commandSide.nanosFor(LongConversation.message(conversation.id())) / 1_000);
        }
        return micros;
    }

    /// What the same command takes otherwise. It is refused a place in the store: it repeats one that is there.
    private static Histogram hot(CommandSideUnderLoad commandSide, LongConversation conversation, int times) {
        Histogram micros = new Histogram(3);
        Object repeated = conversation.repeated();
        for (int i = 0; i < times; i++) {
            micros.recordValue(commandSide.nanosFor(repeated) / 1_000);
        }
        return micros;
    }

    private static void print(String what, Histogram micros) {
        System.out.printf(
                "  %-32s p50 %7.2f  p90 %7.2f  max %7.2f ms  (%d)%n",
                what,
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(90) / 1e3,
                micros.getMaxValue() / 1e3,
                micros.getTotalCount());
    }

    /// The part of a new JVM.
    private static void first(Options options) {
        Database database = NewJvm.database(options);
        try (CommandSideUnderLoad commandSide = CommandSideUnderLoad.start(options.text("node", ""), database)) {
            ConversationId conversation = ConversationId.of(options.text("conversation", ""));
            System.out.println(NewJvm.ANSWER + commandSide.nanosFor(LongConversation.message(conversation)) / 1_000);
        }
    }
}
