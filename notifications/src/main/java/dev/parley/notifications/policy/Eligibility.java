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

    private final AudienceStore audience;
    private final Duration expiry;
    private final Clock clock;

    Eligibility(AudienceStore audience, NotificationsProperties properties, Clock clock) {
        this.audience = audience;
        this.expiry = properties.expiry();
        this.clock = clock;
    }

    /// @param after up to where is decided
    List<OwedPush> of(Said said, long after) {
        List<OwedMessage> messages = undecided(said, after);
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

    private List<OwedMessage> undecided(Said said, long after) {
        Instant now = clock.instant();
        return said.sent().stream()
                .filter(sent -> sent.position() > after)
                .map(sent -> new OwedMessage(
                        sent.message(),
                        sent.seq(),
                        sent.position(),
                        sent.message().at().plus(expiry)))
                .filter(message -> now.isBefore(message.expires()))
                .toList();
    }
}
