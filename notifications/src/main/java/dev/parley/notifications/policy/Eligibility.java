package dev.parley.notifications.policy;

import dev.parley.messages.ConversationId;
import dev.parley.notifications.NotificationsProperties;
import dev.parley.notifications.outbox.OwedMessage;
import dev.parley.notifications.outbox.OwedPush;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Which (device, message) pairs a batch is about at all: registered devices of those who were members when the message
/// was sent, without its sender, for messages that nobody has decided on yet and that are young enough to ring for.
@Component
class Eligibility {

    private final Decided decided;
    private final AudienceStore audience;
    private final Duration expiry;
    private final Clock clock;

    Eligibility(Decided decided, AudienceStore audience, NotificationsProperties properties, Clock clock) {
        this.decided = decided;
        this.audience = audience;
        this.expiry = properties.expiry();
        this.clock = clock;
    }

    List<OwedPush> of(FactBatch batch, String reader) {
        List<OwedMessage> messages = undecided(batch, reader);
        if (messages.isEmpty()) {
            return List.of();
        }
        Map<ConversationId, List<Candidate>> candidates = new HashMap<>();
        List<ConversationId> conversations = messages.stream()
                .map(message -> message.sent().conversation())
                .distinct()
                .toList();
        for (Candidate candidate : audience.candidates(conversations)) {
            candidates
                    .computeIfAbsent(candidate.conversation(), conversation -> new ArrayList<>())
                    .add(candidate);
        }
        List<OwedPush> pairs = new ArrayList<>();
        for (OwedMessage message : messages) {
            for (Candidate candidate : candidates.getOrDefault(message.sent().conversation(), List.of())) {
                if (!candidate.device().account().equals(message.sent().sender())
                        && candidate.memberAt(message.position())) {
                    pairs.add(new OwedPush(message, candidate.device()));
                }
            }
        }
        return pairs;
    }

    /// A reader without a mark has lost it: what it reads now is history to it.
    private List<OwedMessage> undecided(FactBatch batch, String reader) {
        long upTo = decided.upTo(reader).orElse(batch.last());
        Instant now = clock.instant();
        return batch.sent().stream()
                .filter(sent -> sent.position() > upTo)
                .map(sent -> new OwedMessage(
                        sent.message(), sent.position(), sent.message().at().plus(expiry)))
                .filter(message -> now.isBefore(message.expires()))
                .toList();
    }
}
