package dev.parley.axonserver;

import java.util.Map;

/// The server that the contracts are held against: any Axon Server that `-Daxonserver=host:port` names, with
/// `-Daxonserver.context=` (`default`) and `-Daxonserver.token=` (none) where it needs them; otherwise a node of this
/// test run.
record ServerUnderTest(String host, int port, String context, String token) {

    private static final class Holder {
        private static final ServerUnderTest SERVER = find();
    }

    /// The one of this test run. The first call starts the node, which then lives until the JVM ends.
    static ServerUnderTest get() {
        return Holder.SERVER;
    }

    static ServerUnderTest of(TestNode node) {
        return new ServerUnderTest("127.0.0.1", node.port(), "default", "");
    }

    String address() {
        return host + ":" + port;
    }

    private static ServerUnderTest find() {
        String address = System.getProperty("axonserver", "");
        if (address.isEmpty()) {
            TestNode node = TestNode.onEmptyStore(Map.of("heartbeat.interval", "200ms"));
            Runtime.getRuntime().addShutdownHook(new Thread(node::close));
            return of(node);
        }
        int colon = address.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("-Daxonserver= takes host:port, not " + address);
        }
        return new ServerUnderTest(
                address.substring(0, colon),
                Integer.parseInt(address.substring(colon + 1)),
                System.getProperty("axonserver.context", "default"),
                System.getProperty("axonserver.token", ""));
    }
}
