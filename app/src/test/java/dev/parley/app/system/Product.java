package dev.parley.app.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Parley as a newcomer starts it: `bin/run` in a process of its own. One data folder may see several of these, one
/// after
/// the other.
final class Product implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(180);
    private static final Duration STOP = Duration.ofSeconds(60);

    private final Process process;
    private final Path data;
    private final Path output;
    private final int port;

    private Product(Process process, Path data, Path output, int port) {
        this.process = process;
        this.data = data;
        this.output = output;
        this.port = port;
    }

    /// Starts it on free ports and waits until it says that it is ready.
    static Product start(Path data, List<String> arguments) {
        return launch(data, arguments).awaitReady();
    }

    /// Starts it without waiting for anything.
    static Product launch(Path data, List<String> arguments) {
        try {
            int port = freePort();
            // A test run in the background ignores SIGINT, and so would its children.
            List<String> command = new ArrayList<>(List.of(
                    "env", "--default-signal=INT", root().resolve("bin/run").toString(), "--data", data.toString()));
            for (String setting : List.of("--server.port=" + port, "--parley.axonserver.port=" + freePort())) {
                String name = setting.substring(0, setting.indexOf('=') + 1);
                if (arguments.stream().noneMatch(argument -> argument.startsWith(name))) {
                    command.add(setting);
                }
            }
            command.addAll(arguments);
            Path output = Files.createTempFile(Files.createDirectories(data.resolveSibling("output")), "run", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            // In a short run on few cores the second compiler costs more than it gives.
            builder.environment().put("JAVA_OPTS", "-XX:TieredStopAtLevel=1");
            return new Product(builder.start(), data, output, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until it says that it is ready.
    Product awaitReady() {
        await().atMost(START).pollInterval(Duration.ofMillis(100)).until(() -> isReady() || !isAlive());
        if (!isReady()) {
            throw new AssertionError("Parley did not start: " + output());
        }
        return this;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    Path data() {
        return data;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    private boolean isReady() {
        return output().contains("Parley is ready.");
    }

    /// What it printed so far, both streams.
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The processes of its tree, itself first.
    List<ProcessHandle> tree() {
        List<ProcessHandle> tree = new ArrayList<>(List.of(process.toHandle()));
        process.descendants().forEach(tree::add);
        return tree;
    }

    /// `kill -9` of every process of the tree, the Java process first so that it cannot tidy up.
    void killTree() {
        List<ProcessHandle> tree = tree();
        tree.forEach(ProcessHandle::destroyForcibly);
        tree.forEach(handle -> handle.onExit().join());
    }

    /// `kill -9` of the Java process alone: its children are left behind.
    ///
    /// @return those children
    List<ProcessHandle> killJavaAlone() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        process.onExit().join();
        return children;
    }

    /// As Ctrl-C does.
    ///
    /// @return its exit code
    int interrupt() {
        try {
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            return waitForExit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int waitForExit() throws InterruptedException {
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("Parley did not stop within " + STOP);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        if (isAlive()) {
            interrupt();
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The checkout: the nearest folder upwards that has `bin/run`.
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("bin/run"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
