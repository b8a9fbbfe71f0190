package dev.parley.query.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.query.QuerySideProperties;
import dev.parley.testing.Servers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/// One chain comes of one log, whatever the batches, repetitions, lost transactions and nodes at it.
class ChainReplayIT {

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Link> log = LongStream.range(0, 3_400)
            .filter(position -> position < 1_500 || position > 1_503)
            .mapToObj(position -> new Link(position, bytes()))
            .toList();

    /// A chain in a database of its own.
    private static final class Own {

        final JdbcClient jdbc;
        final ChainTable table;
        final CheckpointTable checkpoints;
        final Breaks breaks;
        final Chain chain;
        final TransactionTemplate transactions;

        Own() {
            Database database = new Database();
            database.migrate();
            DriverManagerDataSource source = database.source();
            transactions = new TransactionTemplate(new DataSourceTransactionManager(source));
            jdbc = JdbcClient.create(source);
            table = new ChainTable(jdbc, null);
            checkpoints = new CheckpointTable(jdbc, null);
            breaks = new Breaks(jdbc, null, new SimpleMeterRegistry());
            QuerySideProperties properties = new Binder(new MapConfigurationPropertySource(
                            Map.of("parley.query-side.audit.signing-key", Servers.signingKey())))
                    .bindOrCreate("parley.query-side", QuerySideProperties.class);
            Signing signing = new Signing(jdbc, null, properties);
            chain = new Chain(table, checkpoints, signing, breaks);
        }

        void add(List<Link> links) {
            transactions.executeWithoutResult(status -> chain.add(links));
        }

        void lose(List<Link> links) {
            transactions.executeWithoutResult(status -> {
                chain.add(links);
                status.setRollbackOnly();
            });
        }

        void seal() {
            transactions.executeWithoutResult(status -> chain.sealAfter(Duration.ZERO));
        }

        List<String> links() {
            return table.links(0, Long.MAX_VALUE).stream()
                    .map(link -> link.position() + " " + hex(link.leaf()))
                    .toList();
        }
    }

    @Test
    void oneChainComesOfOneLog() {
        Own own = new Own();
        int at = 0;
        while (at < log.size()) {
            int to = Math.min(log.size(), at + 1 + random.nextInt(700));
            own.lose(log.subList(at, to));
            own.add(log.subList(at, to));
            if (random.nextInt(4) == 0) {
                own.seal();
                own.seal();
            }
            if (random.nextInt(4) == 0) {
                at = random.nextInt(to);
            } else {
                at = to;
            }
        }
        isTheChain(own);
        assertThat(own.breaks.first()).isEmpty();
    }

    @Test
    void everyThousandFactsAreSigned() {
        Own own = new Own();
        own.add(log.subList(0, 2_500));
        assertThat(own.checkpoints.after(-1, Long.MAX_VALUE, 9))
                .extracting(SealedCheckpoint::count)
                .containsExactly(1_000L, 2_000L);
        own.transactions.executeWithoutResult(status -> own.chain.sealAfter(Duration.ofHours(1)));
        assertThat(own.checkpoints.before(Long.MAX_VALUE, 9)).hasSize(2);
        own.seal();
        assertThat(own.checkpoints.before(Long.MAX_VALUE, 9))
                .extracting(SealedCheckpoint::count)
                .containsExactly(2_500L, 2_000L, 1_000L);
    }

    @Test
    void manyNodesMakeOneChain() {
        Own own = new Own();
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int node = 0; node < 3; node++) {
                nodes.submit(() -> {
                    for (int i = 0; i < 30; i++) {
                        own.seal();
                    }
                });
            }
            for (int at = 0; at < log.size(); at += 100) {
                own.add(log.subList(at, Math.min(log.size(), at + 100)));
            }
        }
        isTheChain(own);
    }

    @Test
    void aLogThatIsNotWhatItWasIsFoundWhenItIsReadAgain() {
        Own own = new Own();
        own.add(log.subList(0, 1_300));
        own.seal();
        own.add(log.subList(1_300, 1_400));
        List<String> before = own.links();

        List<Link> tampered = new ArrayList<>(log.subList(0, 1_400));
        tampered.set(7, new Link(7, bytes()));
        tampered.set(1_350, new Link(1_350, bytes()));
        tampered.removeAll(List.of(tampered.get(700), tampered.get(1_200)));
        for (int at = 0; at < tampered.size(); at += 100) {
            own.add(tampered.subList(at, Math.min(tampered.size(), at + 100)));
        }
        own.add(log.subList(1_400, 1_500));
        own.add(List.of(new Link(1_501, bytes()), log.get(1_501)));
        own.add(List.of(new Link(1_502, bytes())));

        assertThat(own.breaks.first())
                .extracting(found -> found.position() + " " + found.what())
                .containsExactly("7 altered", "700 missing", "1200 missing", "1350 altered", "1502 added");
        assertThat(own.links()).startsWith(before.toArray(String[]::new));
    }

    private void isTheChain(Own own) {
        own.seal();
        assertThat(own.links())
                .as("seed %d", seed)
                .isEqualTo(log.stream()
                        .map(link -> link.position() + " " + hex(link.leaf()))
                        .toList());
        byte[] chain = new byte[32];
        for (Link link : log) {
            chain = Digest.chain(chain, link.leaf());
        }
        List<SealedCheckpoint> all = new ArrayList<>(own.checkpoints.before(Long.MAX_VALUE, 1_000));
        assertThat(all.getFirst().hash()).isEqualTo(hex(chain));
        assertThat(all.getFirst().count()).isEqualTo(log.size());
        Collections.reverse(all);
        String previous = hex(new byte[32]);
        for (SealedCheckpoint checkpoint : all) {
            assertThat(checkpoint.previous()).isEqualTo(previous);
            previous = checkpoint.hash();
        }
    }

    private byte[] bytes() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
