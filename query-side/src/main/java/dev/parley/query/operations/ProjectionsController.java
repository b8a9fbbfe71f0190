package dev.parley.query.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.query.paging.Parameters;
import dev.parley.query.rebuild.RebuildView;
import dev.parley.query.rebuild.Rebuilds;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.axonframework.config.EventProcessingConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Lets operators see how every processor of the cluster does, pause it, and build projections anew. The app lets
/// nobody
/// but admins in here. What is asked for holds for all nodes and is done within some seconds.
@RestController
class ProjectionsController {

    private final ProjectionStates states;
    private final Pauses pauses;
    private final Rebuilds rebuilds;
    private final EventProcessingConfiguration processing;

    ProjectionsController(
            ProjectionStates states, Pauses pauses, Rebuilds rebuilds, EventProcessingConfiguration processing) {
        this.states = states;
        this.pauses = pauses;
        this.rebuilds = rebuilds;
        this.processing = processing;
    }

    /// @param head the event store's last position, -1 while it is empty
    record Projections(long head, List<Projection> projections) {}

    enum State {
        RUNNING,
        PAUSED,
        FAILING;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param position up to which everything is projected, -1 before the first fact
    /// @param lag facts behind the head
    /// @param lagSeconds how long the first of them has been waiting; absent if the event store does not tell
    /// @param rate facts a second over the last minute, as far as this node has been there
    /// @param outdated whether other code wrote what is read, so that it should be built anew; absent
    ///     where that cannot be told
    /// @param rebuild the one that is under way, or the last one
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Projection(
            String name,
            State state,
            long position,
            long lag,
            @Nullable Double lagSeconds,
            double rate,
            @Nullable Failing error,
            List<Segment> segments,
            boolean rebuildable,
            @Nullable Boolean outdated,
            @Nullable RebuildView rebuild) {}

    /// @param cause kinds of failure; what they say may quote messages, and is in no answer
    /// @param nextRetry about
    record Failing(String cause, String node, int attempts, Instant at, Instant nextRetry) {}

    /// @param node absent while nobody works on it
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Segment(int segment, long position, @Nullable String node) {}

    @GetMapping("/api/v1/admin/projections")
    Projections projections() {
        return states.now();
    }

    @PostMapping("/api/v1/admin/projections/{name}/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void rebuild(@PathVariable String name) {
        rebuilds.start(name);
    }

    @DeleteMapping("/api/v1/admin/projections/{name}/rebuild")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(@PathVariable String name) {
        rebuilds.cancel(name);
    }

    @PostMapping("/api/v1/admin/projections/{name}/pause")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void pause(@Nullable Principal principal, @PathVariable String name) {
        known(name);
        pauses.pause(name, Parameters.caller(principal));
    }

    @PostMapping("/api/v1/admin/projections/{name}/resume")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resume(@Nullable Principal principal, @PathVariable String name) {
        known(name);
        pauses.resume(name, Parameters.caller(principal));
    }

    /// Processors of roles that this node does not have may run where nobody looks for pauses.
    private void known(String name) {
        if (!Pauses.local(processing).containsKey(name)) {
            throw new RejectedException(RejectionCode.NOT_FOUND, "This node runs no processor of this name");
        }
    }
}
