package dev.parley.command.dispatch;

import java.util.OptionalLong;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;

/// Answers a write with the store's head as of after its append in the header `Parley-Position`: a read that carries it
/// as `Parley-After` sees the write.
public final class WrittenAnswer {

    public static final String POSITION = "Parley-Position";

    private static final Logger log = LoggerFactory.getLogger(WrittenAnswer.class);

    private final EventStore eventStore;

    public WrittenAnswer(EventStore eventStore) {
        this.eventStore = eventStore;
    }

    /// To be called after the append. Without a head to be had the header is left out: what is written is written.
    public ResponseEntity.BodyBuilder status(HttpStatusCode status) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        head().ifPresent(position -> answer.header(POSITION, Long.toString(position)));
        return answer;
    }

    private OptionalLong head() {
        try {
            TrackingToken head = eventStore.createHeadToken();
            return head == null ? OptionalLong.empty() : head.position();
        } catch (RuntimeException unknown) {
            log.atWarn().setCause(unknown).log("The head of the event store is not known");
            return OptionalLong.empty();
        }
    }
}
