package dev.parley.axonserver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A main class of the tests in a JVM of its own, which can be killed. It lives until this JVM
/// ends, if it calls [#endWithParent()].
final class ChildJvm implements AutoCloseable {

    private static final int KEPT_LINES = 200;

    private final Process process;
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final Deque<String> output = new ArrayDeque<>();

    private ChildJvm(Process process) {
        this.process = process;
    }

    /// Returns when it has printed `ready=` and a value.
    static ChildJvm start(Class<?> main, List<String> options, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options);
        command.add(main.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            ChildJvm child = new ChildJvm(builder.start());
            Thread.ofVirtual().start(child::read);
            try {
                child.ready.orTimeout(60, TimeUnit.SECONDS).join();
            } catch (RuntimeException e) {
                child.close();
                throw new IllegalStateException(main.getSimpleName() + " did not start: " + child.output(), e);
            }
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// In the child: tells the parent that it may go on.
    static void ready(Object value) {
        System.out.println("ready=" + value);
    }

    /// In the child: it goes on until the parent is gone, however that ended.
    static void endWithParent() {
        Thread.ofPlatform().start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Nobody writes; the end of the stream is the end of the parent.
                }
            } catch (IOException e) {
                // The same.
            }
            Runtime.getRuntime().halt(1);
        });
    }

    /// What it said when it was ready.
    String value() {
        return ready.join();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Its last lines.
    String output() {
        synchronized (output) {
            return String.join("\n", output);
        }
    }

    /// SIGKILL.
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (output) {
                    output.add(line);
                    if (output.size() > KEPT_LINES) {
                        output.remove();
                    }
                }
                if (line.startsWith("ready=")) {
                    ready.complete(line.substring("ready=".length()));
                }
            }
        } catch (IOException e) {
            // It was killed.
        }
        ready.completeExceptionally(new IllegalStateException("it ended"));
    }
}
