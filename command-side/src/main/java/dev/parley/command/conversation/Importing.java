package dev.parley.command.conversation;

import dev.parley.command.dispatch.Refusal;
import dev.parley.messages.MessageId;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationCommand.ArchivedMessage;
import dev.parley.messages.conversation.ConversationCommand.ImportMessages;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ImportReport;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides on a batch of archived messages, all or none.
///
/// Imported ids do not pass through the window of recent ids; one mark for the highest is enough, because they rise.
/// They cannot meet the ids of live messages: an import's ids stay below the lowest live one, and live ones above the
/// highest imported one.
final class Importing {

    static final int BATCH_LIMIT = 1_000;

    private Importing() {}

    /// @return the messages that were not imported before
    /// @throws Refusal `not-a-member`, `forbidden`, `invalid`, `too-large` or `message-id-reused`
    static List<MessageImported> decide(ConversationState state, ConversationLimits limits, ImportMessages command) {
        Right.IMPORT.require(state, command.by());
        if (command.messages().size() > BATCH_LIMIT) {
            throw new Refusal(Rejection.invalid("messages", "At most 1,000 messages are imported at once"));
        }
        Imported done = state.imported();
        if (done != null && !done.archive().equals(command.archive())) {
            throw new Refusal(Rejection.invalid("archive", "The conversation holds another archive"));
        }
        List<MessageImported> news = new ArrayList<>(command.messages().size());
        MessageId previous = null;
        for (ArchivedMessage message : command.messages()) {
            requireRising(previous, message);
            previous = message.message();
            if (done == null || RecentMessages.BY_TIME.compare(message.message(), done.highest()) > 0) {
                requireFit(state, limits, message);
                news.add(event(command, message));
            }
        }
        return news;
    }

    /// To be asked after the messages were applied.
    static ImportReport report(ConversationState state, ImportMessages command, int news) {
        int skipped = command.messages().size() - news;
        Imported now = state.imported();
        return now == null
                ? new ImportReport(command.conversation(), news, skipped, 0, 0)
                : new ImportReport(command.conversation(), news, skipped, now.count(), now.line());
    }

    private static void requireRising(@Nullable MessageId previous, ArchivedMessage message) {
        if (previous != null && RecentMessages.BY_TIME.compare(message.message(), previous) <= 0) {
            throw new Refusal(Rejection.invalid("messages", "Line " + message.line() + ": ids do not rise"));
        }
    }

    private static void requireFit(ConversationState state, ConversationLimits limits, ArchivedMessage message) {
        Rejection fault = MessageBody.fault(limits, message.body());
        if (fault != null) {
            throw new Refusal(
                    new Rejection(fault.code(), "Line " + message.line() + ": " + fault.detail(), "messages"));
        }
        MessageId earliestLive = state.earliestLive();
        if (earliestLive != null && RecentMessages.BY_TIME.compare(message.message(), earliestLive) >= 0) {
            throw new Refusal(new Rejection(
                    RejectionCode.MESSAGE_ID_REUSED,
                    "Line " + message.line() + ": its id is not below those of the messages sent here",
                    "messages"));
        }
    }

    private static MessageImported event(ImportMessages command, ArchivedMessage message) {
        return new MessageImported(
                command.conversation(),
                message.message(),
                message.sender(),
                message.body(),
                command.archive(),
                message.line(),
                message.at().truncatedTo(ChronoUnit.MILLIS));
    }
}
