package dev.parley.axonserver.http;

import dev.parley.axonserver.platform.ControlOutcome;
import dev.parley.axonserver.platform.ProcessorControl;
import dev.parley.axonserver.platform.ProcessorKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The event processors of the clients, and what can be done with them, under the addresses of a real Axon Server.
///
/// `context` may be left out and means `default`, `tokenStoreIdentifier` where only one processor has the name.
final class ProcessorPages {

    private static final String DEFAULT_CONTEXT = "default";
    private static final String PROCESSOR = "/v1/components/*/processors/*";

    private interface Operation {
        ControlOutcome on(ProcessorControl control, ProcessorKey processor);
    }

    private final ObservedNode node;

    ProcessorPages(ObservedNode node) {
        this.node = node;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/processors", (variables, target) -> list(null, target)),
                Route.get("/v1/components/*/processors", (variables, target) -> list(variables.getFirst(), target)),
                Route.get("/v1/processors/*/clients", (variables, target) -> clients(variables.getFirst(), target)),
                Route.patch(PROCESSOR + "/pause", (v, target) -> act(v, target, ProcessorControl::pause)),
                Route.patch(PROCESSOR + "/start", (v, target) -> act(v, target, ProcessorControl::start)),
                Route.patch(PROCESSOR + "/segments/split", (v, target) -> act(v, target, ProcessorControl::split)),
                Route.patch(PROCESSOR + "/segments/merge", (v, target) -> act(v, target, ProcessorControl::merge)),
                Route.patch(PROCESSOR + "/segments/*/release", this::release),
                Route.patch(PROCESSOR + "/segments/*/move", this::move));
    }

    private Reply release(List<String> variables, Target target) {
        int segment = segment(variables.get(2));
        return act(variables, target, (control, processor) -> control.release(processor, segment));
    }

    private Reply move(List<String> variables, Target target) {
        int segment = segment(variables.get(2));
        String client = target.parameter("target");
        if (client == null) {
            throw RefusedException.badRequest("The parameter target, the id of a client, is missing");
        }
        return act(variables, target, (control, processor) -> control.move(processor, segment, client));
    }

    private Reply list(@Nullable String component, Target target) {
        String wanted = target.parameter("context");
        return Reply.json(
                200,
                node.contexts().stream()
                        .filter(context -> wanted == null || wanted.equals(context.name()))
                        .flatMap(context -> ProcessorView.of(
                                context.name(), context.platform().clients())
                                .stream())
                        .filter(processor -> component == null || processor.belongsTo(component))
                        .map(ProcessorView::shown)
                        .toList());
    }

    private Reply clients(String name, Target target) {
        String store = target.parameter("tokenStoreIdentifier");
        return Reply.json(
                200,
                processors(target).stream()
                        .filter(processor -> processor.key().name().equals(name))
                        .filter(processor ->
                                store == null || processor.key().tokenStore().equals(store))
                        .flatMap(processor -> processor.clientIds().stream())
                        .distinct()
                        .toList());
    }

    private Reply act(List<String> variables, Target target, Operation operation) {
        ProcessorKey processor = find(variables.get(0), variables.get(1), target);
        ControlOutcome outcome = operation.on(context(target).platform().processors(), processor);
        return switch (outcome.kind()) {
            case DONE -> Reply.json(200, Map.of("success", true, "message", outcome.detail()));
            case NOT_FOUND -> Reply.problem(404, "Not found", outcome.detail(), "AXONIQ-2800");
            case NOT_NOW -> Reply.problem(409, "Not possible now", outcome.detail(), "");
            case FAILED -> Reply.problem(502, "The client failed", outcome.detail(), "AXONIQ-1003");
            case UNKNOWN -> Reply.problem(504, "The client did not answer", outcome.detail(), "AXONIQ-1004");
        };
    }

    private ProcessorKey find(String component, String name, Target target) {
        String store = target.parameter("tokenStoreIdentifier");
        Set<ProcessorKey> found = processors(target).stream()
                .filter(processor -> processor.belongsTo(component))
                .map(ProcessorView::key)
                .filter(key -> key.name().equals(name)
                        && (store == null || key.tokenStore().equals(store)))
                .collect(Collectors.toSet());
        if (found.isEmpty()) {
            throw new RefusedException(Reply.problem(
                    404, "Not found", "No connected client of this component has such a processor", "AXONIQ-2800"));
        }
        if (found.size() > 1) {
            throw new RefusedException(Reply.problem(
                    409,
                    "More than one",
                    "ProcessorView of several token stores have this name; say which by tokenStoreIdentifier",
                    ""));
        }
        return found.iterator().next();
    }

    private List<ProcessorView> processors(Target target) {
        ObservedContext context = context(target);
        return ProcessorView.of(context.name(), context.platform().clients());
    }

    private ObservedContext context(Target target) {
        String named = target.parameter("context");
        String wanted = named == null ? DEFAULT_CONTEXT : named;
        return node.contexts().stream()
                .filter(context -> context.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> RefusedException.notFound("This node has no such context"));
    }

    private static int segment(String text) {
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw RefusedException.badRequest("A segment is a number");
        }
    }
}
