package dev.parley.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Writes the folder `config` of one Elasticsearch, anew at each start: edits in it are lost.
///
/// Three things differ from a server in production. The disk watermarks are absolute and small, because the default
/// (no shard is placed on a disk 85 to 90 percent full, indices become read-only at 95) stops a laptop with plenty
/// of room left. The last one stays: below it a write fails with the error 429 `cluster_block_exception` that says
/// so, and works again by itself when there is room, which beats running into a full disk. The heap is not touched
/// in advance and starts small, so that an idle server stays small. There is no endless garbage collector log and
/// no heap dump.
///
/// <https://www.elastic.co/docs/reference/elasticsearch/configuration-reference/cluster-level-shard-allocation-routing-settings>
/// <https://www.elastic.co/docs/reference/elasticsearch/jvm-settings>
final class ElasticsearchConfiguration {
    private final Path home;
    private final DataFolder folder;
    private final String node;

    /// @param node the name by which the node is told from others on the same machine
    ElasticsearchConfiguration(Path home, DataFolder folder, String node) {
        this.home = home;
        this.folder = folder;
        this.node = node;
    }

    Path path() {
        return folder.resolve("config");
    }

    void write(int port, int heapMegabytes) throws IOException {
        Path options = Files.createDirectories(path().resolve("jvm.options.d"));
        Files.copy(
                home.resolve("config").resolve("jvm.options"),
                path().resolve("jvm.options"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(options.resolve("parley.options"), jvmOptions(heapMegabytes));
        Files.writeString(path().resolve("log4j2.properties"), LOGGING);
        Files.writeString(path().resolve("elasticsearch.yml"), settings(port));
    }

    private static String jvmOptions(int heapMegabytes) {
        return String.join(
                "\n",
                List.of(
                        "-Xms128m",
                        "-Xmx" + heapMegabytes + "m",
                        "-XX:-AlwaysPreTouch",
                        "-XX:-HeapDumpOnOutOfMemoryError",
                        "-Xlog:disable",
                        "-Xlog:all=warning:stderr:utctime,level,tags",
                        ""));
    }

    private String settings(int port) {
        return """
                cluster.name: parley
                node.name: %s
                path.data: "%s"
                path.logs: "%s"
                http.host: 127.0.0.1
                http.port: %d
                transport.host: 127.0.0.1
                transport.port: 0
                discovery.type: single-node
                xpack.security.enabled: false
                cluster.routing.allocation.disk.watermark.low: 400mb
                cluster.routing.allocation.disk.watermark.high: 300mb
                cluster.routing.allocation.disk.watermark.flood_stage: 200mb
                """.formatted(node, folder.resolve("data"), folder.resolve("logs"), port)
                + ifModule("ingest-geoip", "ingest.geoip.downloader.enabled: false")
                + ifModule("x-pack-ml", "xpack.ml.enabled: false");
    }

    /// A setting that only a full distribution knows: an unknown one stops the server.
    private String ifModule(String module, String setting) {
        return Files.isDirectory(home.resolve("modules").resolve(module)) ? setting + "\n" : "";
    }

    /// Everything from INFO up goes to a bounded file; the console, which is our server.log, gets what may stop a
    /// start.
    private static final String LOGGING = """
            status = error

            appender.console.type = Console
            appender.console.name = console
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%consoleException%n
            appender.console.filter.threshold.type = ThresholdFilter
            appender.console.filter.threshold.level = error

            appender.file.type = RollingFile
            appender.file.name = file
            appender.file.fileName = ${sys:es.logs.base_path}/${sys:es.logs.cluster_name}.log
            appender.file.filePattern = ${sys:es.logs.base_path}/${sys:es.logs.cluster_name}-%i.log.gz
            appender.file.layout.type = PatternLayout
            appender.file.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%n
            appender.file.policies.type = Policies
            appender.file.policies.size.type = SizeBasedTriggeringPolicy
            appender.file.policies.size.size = 16MB
            appender.file.strategy.type = DefaultRolloverStrategy
            appender.file.strategy.max = 3

            rootLogger.level = info
            rootLogger.appenderRef.console.ref = console
            rootLogger.appenderRef.file.ref = file
            """;
}
