package dev.parley.app.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A real HAProxy with the configuration that `deploy/haproxy` gives to operators.
final class HaProxy implements AutoCloseable {

    private final Process process;
    private final Path admin;
    private final int port;

    private HaProxy(Process process, Path admin, int port) {
        this.process = process;
        this.admin = admin;
        this.port = port;
    }

    /// @param servers the variables of the configuration that name servers, `<host>:<port>` each
    static HaProxy start(Path folder, Map<String, String> servers) {
        try {
            int port = Product.freePort();
            Path admin = Files.createDirectories(folder).resolve("admin.sock");
            Path configuration = Product.root().resolve("deploy/haproxy/haproxy.cfg");
            ProcessBuilder builder = new ProcessBuilder(program(), "-W", "-db", "-f", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.txt").toFile());
            builder.environment().putAll(servers);
            builder.environment().put("PARLEY_PROXY_BIND", "127.0.0.1:" + port);
            builder.environment().put("PARLEY_PROXY_ADMIN", admin.toString());
            HaProxy proxy = new HaProxy(builder.start(), admin, port);
            await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(admin) || !proxy.process.isAlive());
            if (!proxy.process.isAlive()) {
                throw new AssertionError("HAProxy did not start: " + Files.readString(folder.resolve("output.txt")));
            }
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Whether its health checks find the server good.
    boolean isUp(String backend, String server) {
        return command("show stat")
                .lines()
                .map(line -> line.split(",", -1))
                .anyMatch(fields -> fields.length > STATUS
                        && fields[0].equals(backend)
                        && fields[1].equals(server)
                        && fields[STATUS].startsWith("UP"));
    }

    /// Cuts some of the connections that run through a backend, without a word to either side.
    ///
    /// @param oneIn how many of them: one in so many
    /// @return how many were cut
    int cut(String backend, int oneIn) {
        List<String> sessions = command("show sess")
                .lines()
                .filter(line -> line.contains("be=" + backend + " "))
                .map(line -> line.substring(0, line.indexOf(':')))
                .toList();
        int cut = 0;
        for (int i = 0; i < sessions.size(); i += oneIn) {
            command("shutdown session " + sessions.get(i));
            cut++;
        }
        return cut;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit().join();
    }

    /// Of the CSV that `show stat` answers: HAProxy, "Management Guide", section 9.1.
    private static final int STATUS = 17;

    private String command(String line) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(admin));
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String program() {
        return Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(":")),
                        Stream.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"))
                .map(folder -> Path.of(folder, "haproxy"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("haproxy is missing: run bin/install-test-tools"))
                .toString();
    }
}
