package dev.parley.axonserver;

import static dev.parley.axonserver.Events.id;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// An application that handles commands is killed while it holds some of them.
class VanishingClientIT {

    private static final long SEED = Long.getLong("seed", System.nanoTime());

    /// More than the permits of the one that is killed, so that some commands wait for it unsent.
    private static final int SENDERS = 100;

    /// Takes commands, notes each in a file before anything else, answers some and holds the others for ever.
    static final class Application {

        private Application() {}

        public static void main(String[] arguments) throws Exception {
            ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
            ChildJvm.endWithParent();
            Path notes = Path.of(System.getenv("NOTES"));
            Random random = new Random(Long.parseLong(System.getenv("SEED")));
            Clients clients = new Clients(Integer.parseInt(System.getenv("NODE_PORT")));
            clients.connect("application")
                    .commandChannel()
                    .registerCommandHandler(
                            command -> {
                                note(notes, command);
                                return random.nextInt(4) == 0 ? new CompletableFuture<>() : done();
                            },
                            100,
                            System.getenv("COMMAND"))
                    .awaitAck(10, TimeUnit.SECONDS);
            ChildJvm.ready("yes");
        }

        private static void note(Path notes, Command command) {
            try {
                Files.writeString(
                        notes,
                        command.getMessageIdentifier() + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static CompletableFuture<CommandResponse> done() {
        return CompletableFuture.completedFuture(
                CommandResponse.newBuilder().setMessageIdentifier(id()).build());
    }

    @Test
    void commandsOfAKilledApplicationFailOrGoElsewhereAndNoneIsHandledTwice(@TempDir Path folder) throws Exception {
        System.out.println("seed=" + SEED);
        String name = id();
        Path notes = Files.createFile(folder.resolve("handled"));
        Path others = Files.createFile(folder.resolve("handled-elsewhere"));
        try (TestNode node = TestNode.onEmptyStore();
                ChildJvm application = ChildJvm.start(
                        Application.class,
                        List.of("-Xmx64m"),
                        Map.of(
                                "NODE_PORT", Integer.toString(node.port()),
                                "SEED", Long.toString(SEED),
                                "COMMAND", name,
                                "NOTES", notes.toString()));
                CommandLoad load = new CommandLoad(List.of(node.connect("sender")), name)) {
            node.connect("other")
                    .commandChannel()
                    .registerCommandHandler(
                            command -> {
                                synchronized (others) {
                                    Application.note(others, command);
                                }
                                return done();
                            },
                            100,
                            name)
                    .awaitAck(10, TimeUnit.SECONDS);
            load.start(SENDERS);
            Awaitility.await().until(() -> Files.readAllLines(notes).size() > 40);
            application.kill();
            int before = load.succeeded().size();
            Awaitility.await().until(() -> load.succeeded().size() > before + 100);
            load.stop();
            List<String> there = Files.readAllLines(notes);
            List<String> here = Files.readAllLines(others);
            System.out.println("there " + there.size() + ", here " + here.size() + ", failed " + load.failed());
            assertThat(load.failed()).containsOnlyKeys("AXONIQ-4001");
            assertThat(load.failed().get("AXONIQ-4001").get()).isBetween(1L, (long) SENDERS);
            assertThat(there).doesNotHaveDuplicates().doesNotContainAnyElementsOf(here);
            assertThat(here).doesNotHaveDuplicates();
            there.addAll(here);
            assertThat(there).containsAll(load.succeeded());
        }
    }
}
