package dev.parley.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// [Owner] in a JVM and a session of its own.
final class OwnerProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final long postgres;
    private final long elasticsearch;

    private OwnerProcess(Process process) throws IOException {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        String[] fields = nextLine("ready").split(" ", -1);
        this.postgres = Long.parseLong(fields[1]);
        this.elasticsearch = Long.parseLong(fields[2]);
    }

    /// Returns when the servers of the given data folders run.
    static OwnerProcess start(Path... folders) throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dparley.postgres.binaries=" + System.getProperty("parley.postgres.binaries"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Owner.class.getName()));
        for (Path folder : folders) {
            command.add(folder.toString());
        }
        return new OwnerProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    ProcessHandle postgres() {
        return ProcessHandle.of(postgres).orElseThrow();
    }

    ProcessHandle elasticsearch() {
        return ProcessHandle.of(elasticsearch).orElseThrow();
    }

    /// What Ctrl-C in a terminal does: SIGINT to the whole process group.
    void interruptGroup() throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -s INT -- -" + process.pid())
                .start()
                .waitFor();
    }

    /// `kill -9` of the owner alone.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// The next line of output that begins with the word.
    String nextLine(String word) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(word + " ")) {
                return line;
            }
            seen.append(line).append('\n');
        }
        throw new IllegalStateException("the owner ended: " + seen);
    }

    int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
        for (long pid : new long[] {postgres, elasticsearch}) {
            ProcessHandle.of(pid).ifPresent(server -> {
                server.descendants().forEach(ProcessHandle::destroyForcibly);
                server.destroyForcibly();
            });
        }
    }
}
