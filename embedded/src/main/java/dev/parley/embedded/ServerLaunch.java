package dev.parley.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Starts one server as a direct child of this JVM and waits until it is ready.
///
/// The child gets a session of its own (`setsid`, where the system has it), so that Ctrl-C in the terminal reaches
/// this JVM alone and the server stays until the JVM's own shutdown ends it. Not for use by several threads.
final class ServerLaunch {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int ATTEMPTS = 5;
    private static final String ADDRESS_IN_USE = "Address already in use";

    private final Server server;
    private final DataFolder folder;
    private final Consumer<String> progress;

    ServerLaunch(Server server, DataFolder folder, Consumer<String> progress) {
        this.server = server;
        this.folder = folder;
        this.progress = progress;
    }

    /// @param requestedPort 0 for any free port
    /// @throws EmbeddedStartException with nothing left running; the folder is still open
    RunningServer launch(int requestedPort) {
        try {
            endLeftovers();
            if (requestedPort != 0) {
                Ports.requireFree(server.title(), requestedPort);
            }
            server.prepare();
            progress.accept("starting " + server.title());
            for (int attempt = 1; ; attempt++) {
                int port = requestedPort == 0 ? Ports.free() : requestedPort;
                ServerLog log = ServerLog.begin(folder.log());
                Process process = start(port);
                if (awaitGuarded(process, port)) {
                    return new RunningServer(server, folder, process, port);
                }
                boolean passes = server.mayRecover(log.tail())
                        || requestedPort == 0 && log.tail().contains(ADDRESS_IN_USE);
                if (!passes || attempt == ATTEMPTS) {
                    throw new EmbeddedStartException("%s stopped while it started: %s (its log: %s)"
                            .formatted(server.title(), log.cause(), log.file()));
                }
                TimeUnit.MILLISECONDS.sleep(500);
            }
        } catch (IOException e) {
            throw new EmbeddedStartException(
                    "%s cannot start in %s (%s): make the folder writable, or name another"
                            .formatted(server.title(), folder.path(), EmbeddedStartException.reason(e)),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedStartException(
                    "The start of %s was interrupted: start again".formatted(server.title()), e);
        }
    }

    private void endLeftovers() throws IOException {
        for (ProcessHandle leftover : Leftovers.find(folder, server.alsoKnown())) {
            progress.accept("stopping the %s a killed process left behind (process %d)"
                    .formatted(server.title(), leftover.pid()));
            server.ending().end(leftover);
            if (leftover.isAlive()) {
                throw new EmbeddedStartException("%s of an earlier run (process %d) cannot be stopped: stop it by hand"
                        .formatted(server.title(), leftover.pid()));
            }
        }
    }

    private Process start(int port) throws IOException {
        List<String> command = new ArrayList<>(ownSession());
        command.addAll(server.command(port));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.path().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
        for (Map.Entry<String, String> variable : server.environment().entrySet()) {
            if (variable.getValue().isEmpty()) {
                builder.environment().remove(variable.getKey());
            } else {
                builder.environment().put(variable.getKey(), variable.getValue());
            }
        }
        return builder.start();
    }

    /// Waits for readiness; the process is ended when it is not reached, also when this JVM is shut down meanwhile.
    ///
    /// @return false when the process died by itself
    private boolean awaitGuarded(Process process, int port) throws IOException, InterruptedException {
        Thread guard = new Thread(() -> server.ending().end(process.toHandle()), "end-" + server.title());
        boolean ready = false;
        try {
            guardByHook(guard);
            remember(process, port);
            if (await(process, port)) {
                remember(process, port);
                progress.accept("%s is ready on port %d".formatted(server.title(), port));
                ready = true;
            }
            return ready;
        } finally {
            if (!ready) {
                server.ending().end(process.toHandle());
            }
            removeHook(guard);
        }
    }

    private void guardByHook(Thread guard) {
        try {
            Runtime.getRuntime().addShutdownHook(guard);
        } catch (IllegalStateException e) {
            throw new EmbeddedStartException("The start of %s was cut short: start again".formatted(server.title()), e);
        }
    }

    private boolean await(Process process, int port) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                return false;
            }
            try {
                if (server.answers(port)) {
                    return true;
                }
            } catch (EmbeddedStartException e) {
                // It may be somebody else who answers on a port that we lost to him: then the process dies of that.
                if (process.waitFor(2, TimeUnit.SECONDS)) {
                    return false;
                }
                throw e;
            }
        }
        throw new EmbeddedStartException("%s was not ready after %d seconds: look into its log %s"
                .formatted(server.title(), PATIENCE.toSeconds(), folder.log()));
    }

    /// Writes down who runs here, for the start after a `kill -9` of this JVM.
    private void remember(Process process, int port) throws IOException {
        List<ProcessHandle> processes = Stream.concat(
                        Stream.of(process.toHandle()), process.toHandle().children())
                .toList();
        ServerState.of(processes, port).write(folder.state());
    }

    private static void removeHook(Thread guard) {
        try {
            Runtime.getRuntime().removeShutdownHook(guard);
        } catch (IllegalStateException e) {
            // The JVM is shutting down and the hook runs: it ends the same process.
        }
    }

    private static List<String> ownSession() {
        return Stream.of("/usr/bin/setsid", "/bin/setsid")
                .filter(tool -> Files.isExecutable(Path.of(tool)))
                .limit(1)
                .toList();
    }
}
