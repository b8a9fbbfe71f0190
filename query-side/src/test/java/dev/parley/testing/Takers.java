package dev.parley.testing;

import static dev.parley.query.QuerySideConfiguration.ARCHIVE;
import static dev.parley.query.QuerySideConfiguration.HISTORY;
import static dev.parley.query.QuerySideConfiguration.INBOX;
import static dev.parley.query.QuerySideConfiguration.LOBBY;
import static dev.parley.query.QuerySideConfiguration.SAID;

import dev.parley.messages.Fact;
import dev.parley.messages.account.AccountEvent;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.account.AccountEvent.RoleGranted;
import dev.parley.messages.account.AccountEvent.RoleWithdrawn;
import dev.parley.messages.application.ApplicationEvent;
import dev.parley.messages.application.ApplicationEvent.ApplicationCleared;
import dev.parley.messages.archive.ArchiveEvent;
import dev.parley.messages.archive.ArchiveEvent.ArchiveAccessed;
import dev.parley.messages.archive.ArchiveEvent.SavedSearchDeleted;
import dev.parley.messages.archive.ArchiveEvent.SearchSaved;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationRenamed;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.HistoryVisibilityChanged;
import dev.parley.messages.conversation.ConversationEvent.MemberAdded;
import dev.parley.messages.conversation.ConversationEvent.MemberRemoved;
import dev.parley.messages.conversation.ConversationEvent.MemberRoleChanged;
import dev.parley.messages.conversation.ConversationEvent.MessageDeleted;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationEvent.PlayerSeated;
import dev.parley.messages.conversation.ConversationEvent.ReactionAdded;
import dev.parley.messages.conversation.ConversationEvent.ReactionRemoved;
import dev.parley.messages.conversation.ConversationEvent.TopicChanged;
import dev.parley.messages.game.GameEvent;
import dev.parley.messages.game.GameEvent.GameCreated;
import dev.parley.messages.game.GameEvent.SeatTaken;
import dev.parley.messages.member.MemberEvent;
import dev.parley.messages.member.MemberEvent.ConversationMuted;
import dev.parley.messages.member.MemberEvent.ConversationUnmuted;
import dev.parley.messages.member.MemberEvent.MessagesDelivered;
import dev.parley.messages.member.MemberEvent.MessagesRead;
import dev.parley.messages.session.SessionEvent;
import dev.parley.messages.session.SessionEvent.SessionClosed;
import dev.parley.messages.session.SessionEvent.SessionOpened;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.TrackedEventMessage;

/// Which projections take which facts in, each of which its oracle then has to cover: `history` is held
/// to `HistoryOracle` by `HistoryOracleIT`, and so on ([OracleContract]). A new fact does not compile
/// until this says who shows it, or why nobody does.
///
/// `chain` is not in here: it takes in all facts, and of each only its line, whatever it says.
public final class Takers {

    private static final int STORIES = 20;
    private static final int LENGTH = 300;

    private Takers() {}

    /// All types that stories tell of, with the processors whose projections take them in.
    public static Map<Class<?>, Set<String>> byType() {
        Map<Class<?>, Set<String>> takers = new HashMap<>();
        for (int seed = 0; seed < STORIES; seed++) {
            for (TrackedEventMessage<?> message :
                    Story.tell(seed, "takers", LENGTH).facts()) {
                takers.put(message.getPayloadType(), of((Fact) message.getPayload()));
            }
        }
        return takers;
    }

    /// @param projection its processor's name
    public static Set<Class<?>> typesTakenInBy(String projection) {
        return byType().entrySet().stream()
                .filter(entry -> entry.getValue().contains(projection))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Set<String> of(Fact fact) {
        return switch (fact) {
            case AccountEvent event -> of(event);
            case ApplicationEvent event -> of(event);
            case ArchiveEvent event -> of(event);
            case ConversationEvent event -> of(event);
            case GameEvent event -> of(event);
            case MemberEvent event -> of(event);
            case SessionEvent event -> of(event);
            default -> throw new AssertionError("A family that nobody decided about: " + fact.getClass());
        };
    }

    private static Set<String> of(AccountEvent event) {
        return switch (event) {
            case AccountRegistered names -> Set.of(INBOX, LOBBY);
            case RoleGranted granted -> nobody("Roles come with the caller of each request");
            case RoleWithdrawn withdrawn -> nobody("Likewise");
        };
    }

    private static Set<String> of(ApplicationEvent event) {
        return switch (event) {
            // What was said is kept for auditors.
            case ApplicationCleared cleared -> Set.of(INBOX, HISTORY, LOBBY, ARCHIVE);
        };
    }

    private static Set<String> of(ArchiveEvent event) {
        return switch (event) {
            case SearchSaved saved -> Set.of(ARCHIVE);
            case SavedSearchDeleted deleted -> Set.of(ARCHIVE);
            case ArchiveAccessed accessed -> nobody("Auditors read it in the event store");
        };
    }

    private static Set<String> of(ConversationEvent event) {
        return switch (event) {
            // History remembers which conversations are of the time after a clear.
            case ConversationStarted started -> Set.of(INBOX, HISTORY);
            case MessageSent sent -> Set.of(INBOX, HISTORY, SAID);
            case MessageImported imported -> Set.of(INBOX, HISTORY, SAID);
            case MessageEdited edited -> Set.of(INBOX, HISTORY, SAID);
            case MessageDeleted deleted -> Set.of(INBOX, HISTORY, SAID);
            // Every fact moves a conversation's activity in inboxes.
            case ReactionAdded added -> Set.of(INBOX, HISTORY, SAID);
            case ReactionRemoved removed -> Set.of(INBOX, HISTORY, SAID);
            case PlayerSeated seated -> Set.of(INBOX);
            case MemberAdded added -> Set.of(INBOX);
            case MemberRemoved removed -> Set.of(INBOX);
            case MemberRoleChanged changed -> Set.of(INBOX);
            case ConversationRenamed renamed -> Set.of(INBOX);
            case TopicChanged changed -> Set.of(INBOX);
            case HistoryVisibilityChanged changed -> Set.of(INBOX);
        };
    }

    private static Set<String> of(GameEvent event) {
        return switch (event) {
            case GameCreated created -> Set.of(LOBBY);
            case SeatTaken taken -> Set.of(LOBBY);
        };
    }

    private static Set<String> of(MemberEvent event) {
        return switch (event) {
            case MessagesDelivered delivered -> Set.of(INBOX);
            case MessagesRead read -> Set.of(INBOX);
            case ConversationMuted muted -> Set.of(INBOX);
            case ConversationUnmuted unmuted -> Set.of(INBOX);
        };
    }

    private static Set<String> of(SessionEvent event) {
        return switch (event) {
            case SessionOpened opened -> nobody("Sessions are looked up on the other side");
            case SessionClosed closed -> nobody("Likewise");
        };
    }

    private static Set<String> nobody(String why) {
        return Set.of();
    }
}
