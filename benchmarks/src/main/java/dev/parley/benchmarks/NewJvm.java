package dev.parley.benchmarks;

import dev.parley.benchmarks.Benchmarks.Options;
import dev.parley.benchmarks.CommandSideUnderLoad.Database;
import dev.parley.messages.ConversationId;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// [ColdLoad] in a process of its own, with this one's options and classes.
final class NewJvm {

    static final String ANSWER = "microseconds: ";

    private NewJvm() {}

    /// @throws IOException if it ended without a figure; what it said is on standard error
    static long microsOfFirst(String node, Database database, ConversationId conversation)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Benchmarks.class.getName(), "cold-load"));
        command.addAll(List.of("--node", node, "--conversation", conversation.toString()));
        command.addAll(List.of("--url", database.url(), "--user", database.user(), "--password", database.password()));
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        return output.lines()
                .filter(line -> line.startsWith(ANSWER))
                .mapToLong(line -> Long.parseLong(line.substring(ANSWER.length())))
                .findFirst()
                .orElseThrow(() -> new IOException("The other JVM ended with status " + status));
    }

    static Database database(Options options) {
        return new Database(options.text("url", ""), options.text("user", ""), options.text("password", ""));
    }
}
