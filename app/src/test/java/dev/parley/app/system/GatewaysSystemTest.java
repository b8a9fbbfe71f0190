package dev.parley.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.client.Accepted;
import dev.parley.client.ClientOptions;
import dev.parley.client.ClientTransport;
import dev.parley.client.ParleyClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two gateways, a command side, a query side and the Axon Server node, each a process, behind a real HAProxy: 200
/// devices
/// keep talking while connections are cut, one gateway is killed and another drained, and each device gets every
/// message
/// of its conversations once and in order.
class GatewaysSystemTest {

    private static final int PEOPLE = 100;
    private static final int DEVICES = 2;
    private static final int GROUP = 10;
    private static final int STEP = 5;
    private static final Duration BETWEEN_SENDS = Duration.ofMillis(50);
    private static final Duration BETWEEN_CUTS = Duration.ofSeconds(2);
    private static final int CUT_ONE_IN = 8;
    /// Two gateways are away for seconds each, during which people go on talking.
    private static final int LEAST_SENDS = 100;
    /// The exit code of a JVM that was asked to stop by SIGINT, and did.
    private static final int INTERRUPTED = 130;

    @TempDir
    private Path folder;

    private final Random random = new Random(Long.getLong("seed", System.nanoTime()));
    private final List<Talker> talkers = new ArrayList<>();
    private final List<CompletableFuture<Accepted>> sends = new ArrayList<>();

    /// One device of a person.
    private record Talker(ParleyClient client, Witness witness, List<UUID> conversations) {}

    @Test
    void everyDeviceGetsEveryMessageOnceAndInOrderWhateverHappensToGateways() throws Exception {
        Map<String, String> roles = new LinkedHashMap<>();
        roles.put("gateway-1", "delivery");
        roles.put("gateway-2", "delivery");
        roles.put("command", "command-side");
        roles.put("query", "query-side");
        try (Cluster cluster = Cluster.start(folder, roles, "--parley.command-side.password-strength=4");
                HaProxy proxy = HaProxy.start(folder.resolve("haproxy"), servers(cluster));
                ClientTransport transport = new ClientTransport();
                ScheduledExecutorService life = Executors.newScheduledThreadPool(2)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Stream.of("gateway-1", "gateway-2").allMatch(name -> proxy.isUp("gateways", name))
                            && proxy.isUp("command-side", "command-1"));
            connect(proxy.address(), transport);
            AtomicInteger cut = new AtomicInteger();
            List<ScheduledFuture<?>> habits = List.of(
                    every(life, BETWEEN_SENDS, this::sayOne),
                    every(life, BETWEEN_CUTS, () -> cut.addAndGet(proxy.cut("gateways", CUT_ONE_IN))));

            cluster.node("gateway-1").killTree();
            cluster.startAgain("gateway-1");
            await().atMost(Duration.ofSeconds(20)).until(() -> proxy.isUp("gateways", "gateway-1"));
            assertThat(cluster.node("gateway-2").interrupt()).isEqualTo(INTERRUPTED);
            cluster.startAgain("gateway-2");
            await().atMost(Duration.ofSeconds(20)).until(() -> proxy.isUp("gateways", "gateway-2"));

            life.shutdown();
            assertThat(life.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            assertThat(habits)
                    .as("nothing stopped before its time")
                    .extracting(Future::state)
                    .doesNotContain(Future.State.FAILED);
            assertThat(sends).hasSizeGreaterThan(LEAST_SENDS);
            assertThat(cut).hasPositiveValue();
            List<Accepted> accepted = all(sends);
            Map<UUID, List<UUID>> said = inOrder(accepted);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> talkers.forEach(talker ->
                            assertThat(talker.witness().messages()).isEqualTo(of(talker.conversations(), said))));
            for (Talker talker : talkers) {
                assertThat(talker.witness().wrongs()).isEmpty();
                assertThat(talker.client().repeats()).isZero();
                talker.client().close();
            }
            assertThat(talkers)
                    .as("some were cut off")
                    .anyMatch(talker -> talker.witness().connects() > 1);
            assertThat(talkers)
                    .as("the drained gateway said goodbye")
                    .anyMatch(talker -> talker.witness().goodbyes() > 0);
        }
    }

    private static Map<String, String> servers(Cluster cluster) {
        return Map.of(
                "PARLEY_GATEWAY_1", authority(cluster, "gateway-1"),
                "PARLEY_GATEWAY_2", authority(cluster, "gateway-2"),
                "PARLEY_COMMAND_SIDE", authority(cluster, "command"),
                "PARLEY_QUERY_SIDE", authority(cluster, "query"),
                "PARLEY_NOTIFICATIONS", authority(cluster, "command"));
    }

    private static String authority(Cluster cluster, String node) {
        return cluster.node(node).address().getAuthority();
    }

    /// Registers everybody, starts the groups, each overlapping with the next, and connects all devices.
    private void connect(URI proxy, ClientTransport transport) {
        List<Caller> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(Caller.register(proxy, "talker-" + i));
        }
        Map<String, List<UUID>> conversations = new HashMap<>();
        for (int first = 0; first < PEOPLE; first += STEP) {
            List<Caller> group = new ArrayList<>();
            for (int i = first; i < first + GROUP; i++) {
                group.add(people.get(i % PEOPLE));
            }
            UUID id = UUID.fromString(group.getFirst()
                    .startGroup("Group " + first, group.subList(1, GROUP).toArray(Caller[]::new)));
            group.forEach(member -> conversations
                    .computeIfAbsent(member.username(), none -> new ArrayList<>())
                    .add(id));
        }
        URI gateway = URI.create("ws://" + proxy.getAuthority() + "/ws");
        for (Caller person : people) {
            for (int device = 0; device < DEVICES; device++) {
                Witness witness = new Witness();
                ClientOptions options = ClientOptions.of(gateway, "device-" + device, person.token())
                        .from(-1);
                talkers.add(new Talker(
                        ParleyClient.connect(transport, options, witness),
                        witness,
                        conversations.get(person.username())));
            }
        }
    }

    private void sayOne() {
        Talker talker = talkers.get(random.nextInt(talkers.size()));
        UUID conversation =
                talker.conversations().get(random.nextInt(talker.conversations().size()));
        synchronized (sends) {
            sends.add(talker.client().send(conversation, "message " + sends.size()));
        }
    }

    private static ScheduledFuture<?> every(ScheduledExecutorService life, Duration period, Runnable task) {
        return life.scheduleAtFixedRate(task, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static List<Accepted> all(List<CompletableFuture<Accepted>> sends) throws Exception {
        CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        return sends.stream().map(CompletableFuture::join).toList();
    }

    /// The ids of each conversation by their `seq`.
    private static Map<UUID, List<UUID>> inOrder(List<Accepted> accepted) {
        return accepted.stream()
                .sorted(Comparator.comparingLong(Accepted::seq))
                .collect(Collectors.groupingBy(
                        Accepted::conversation, Collectors.mapping(Accepted::id, Collectors.toList())));
    }

    private static Map<UUID, List<UUID>> of(List<UUID> conversations, Map<UUID, List<UUID>> said) {
        return said.entrySet().stream()
                .filter(entry -> conversations.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
