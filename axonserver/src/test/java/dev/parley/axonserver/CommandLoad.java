package dev.parley.axonserver;

import static dev.parley.axonserver.Events.id;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.AxonServerConnectionFactory;
import io.axoniq.axonserver.connector.command.CommandChannel;
import io.axoniq.axonserver.connector.impl.ServerAddress;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Sends commands through the connector as fast as they are answered, client and node in this JVM, and says what a
/// round trip costs; to be run under a profiler. Processor time counts, so other work on the machine disturbs little.
///
/// Arguments: commands in flight (256), commands a round (50,000), rounds (8, of which the first ones warm up).
final class CommandLoad {

    private final CommandChannel channel;
    private final String name;
    private volatile CountDownLatch awaited = new CountDownLatch(0);
    private final AtomicBoolean over = new AtomicBoolean();

    private CommandLoad(CommandChannel channel, String name) {
        this.channel = channel;
        this.name = name;
    }

    public static void main(String[] args) throws Exception {
        int inFlight = args.length > 0 ? Integer.parseInt(args[0]) : 256;
        int commands = args.length > 1 ? Integer.parseInt(args[1]) : 50_000;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 8;
        try (TestNode node = TestNode.onEmptyStore()) {
            AxonServerConnection handler = client(node, "handler");
            AxonServerConnection sender = client(node, "sender");
            String name = "dev.parley.chat.SendMessage";
            handler.commandChannel()
                    .registerCommandHandler(
                            command -> CompletableFuture.completedFuture(CommandResponse.getDefaultInstance()),
                            100,
                            name)
                    .awaitAck(10, TimeUnit.SECONDS);
            CommandLoad load = new CommandLoad(sender.commandChannel(), name);
            for (int i = 0; i < inFlight; i++) {
                load.send();
            }
            for (int round = 0; round < rounds; round++) {
                load.measure(round, commands);
            }
            load.over.set(true);
        }
        System.exit(0);
    }

    private static AxonServerConnection client(TestNode node, String name) {
        return AxonServerConnectionFactory.forClient("load", name)
                .routingServers(new ServerAddress("127.0.0.1", node.port()))
                .build()
                .connect("default");
    }

    private void send() {
        var _ = channel.sendCommand(Messages.command(name, id())).whenComplete(this::next);
    }

    private void next(CommandResponse response, @Nullable Throwable failure) {
        if (failure != null || !response.getErrorCode().isEmpty()) {
            System.out.println("failed: " + failure + " " + response);
            return;
        }
        awaited.countDown();
        if (!over.get()) {
            send();
        }
    }

    private void measure(int round, int commands) throws InterruptedException {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        awaited = new CountDownLatch(commands);
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        awaited.await();
        double micros = (system.getProcessCpuTime() - cpu) / 1000.0 / commands;
        double rate = commands * 1e9 / (System.nanoTime() - start);
        System.out.printf(Locale.ROOT, "round %d: %.1f us of CPU each, %.0f/s%n", round, micros, rate);
    }
}
