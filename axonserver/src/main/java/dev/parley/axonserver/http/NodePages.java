package dev.parley.axonserver.http;

import dev.parley.axonserver.platform.ConnectedClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the node is, and who is connected to it.
final class NodePages {

    private final ObservedNode node;
    private final boolean controlled;
    private final Supplier<String> metrics;

    /// @param controlled whether there are access tokens
    /// @param metrics in Prometheus' text format
    NodePages(ObservedNode node, boolean controlled, Supplier<String> metrics) {
        this.node = node;
        this.controlled = controlled;
        this.metrics = metrics;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/actuator/prometheus",
                        (variables, target) -> Reply.text("text/plain; version=0.0.4; charset=utf-8", metrics.get())),
                Route.get("/v1/public/me", (variables, target) -> Reply.json(200, self())),
                Route.get("/v1/public/mycontexts", (variables, target) -> Reply.json(200, contexts())),
                Route.get(
                        "/v1/components/clients",
                        (variables, target) -> Reply.json(
                                200, node.clients().stream().map(this::client).toList())),
                Route.get(
                        "/v1/components/*/instances",
                        (variables, target) -> Reply.json(200, instances(variables.getFirst(), target))),
                Route.get("/v1/commands", (v, target) -> Reply.json(200, handlers(ObservedContext::commands))),
                Route.get("/v1/queries", (v, target) -> Reply.json(200, handlers(ObservedContext::queries))));
    }

    private Map<String, Object> self() {
        Map<String, Object> self = new LinkedHashMap<>();
        self.put("name", node.name());
        self.put("hostName", node.address());
        self.put("grpcPort", node.port());
        self.put("httpPort", node.httpPort());
        self.put("authentication", controlled);
        self.put("ssl", node.encrypted());
        self.put("clustered", false);
        self.put("contextNames", contexts());
        self.put("storageContextNames", contexts());
        return self;
    }

    private List<String> contexts() {
        return node.contexts().stream().map(ObservedContext::name).toList();
    }

    private List<Map<String, Object>> instances(String component, Target target) {
        String context = target.parameter("context");
        return node.clients().stream()
                .filter(client -> client.component().equals(component))
                .filter(client -> context == null || client.context().equals(context))
                .map(this::client)
                .toList();
    }

    private Map<String, Object> client(ConnectedClient client) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", client.clientId());
        shown.put("componentName", client.component());
        shown.put("context", client.context());
        shown.put("axonServerNode", node.name());
        shown.put("version", client.version());
        return shown;
    }

    private List<Map<String, Object>> handlers(Function<ObservedContext, Supplier<Map<String, Integer>>> kind) {
        List<Map<String, Object>> shown = new ArrayList<>();
        for (ObservedContext context : node.contexts()) {
            kind.apply(context)
                    .get()
                    .forEach((name, count) ->
                            shown.add(Map.of("context", context.name(), "name", name, "handlers", count)));
        }
        return shown;
    }
}
