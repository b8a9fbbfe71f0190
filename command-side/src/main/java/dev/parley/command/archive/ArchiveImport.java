package dev.parley.command.archive;

import dev.parley.command.account.AccountDirectory;
import dev.parley.command.conversation.StartingGroups;
import dev.parley.command.dispatch.Commands;
import dev.parley.command.era.Eras;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import dev.parley.messages.conversation.ConversationCommand.ArchivedMessage;
import dev.parley.messages.conversation.ConversationCommand.ImportMessages;
import dev.parley.messages.conversation.ImportReport;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Turns requests of an importer into commands.
@Component
class ArchiveImport {

    private final StartingGroups groups;
    private final Commands commands;
    private final AccountDirectory directory;
    private final Eras eras;
    private final Clock clock;

    /// @param fresh false where the conversation was there
    record Opened(ConversationId conversation, boolean fresh) {}

    ArchiveImport(StartingGroups groups, Commands commands, AccountDirectory directory, Eras eras, Clock clock) {
        this.groups = groups;
        this.commands = commands;
        this.directory = directory;
        this.eras = eras;
        this.clock = clock;
    }

    /// @throws RejectedException `forbidden` where another admin opened it
    Opened open(ArchiveName archive, String title, AccountId by) {
        ConversationId conversation = conversation(archive);
        return new Opened(conversation, groups.start(conversation, title, by));
    }

    /// @throws RejectedException `invalid`, `not-found` for a sender, or what the conversation refuses
    ImportReport take(ArchiveName archive, List<Line> lines, AccountId by) {
        long latest = clock.millis();
        List<ArchivedMessage> messages =
                lines.stream().map(line -> message(line, latest)).toList();
        requireRegistered(messages);
        return commands.send(
                new ImportMessages(conversation(archive), archive.text(), by, messages), ImportReport.class);
    }

    /// Another one in each era, so that an archive can be imported again after a clear.
    private ConversationId conversation(ArchiveName archive) {
        return new ConversationId(eras.current().derive("archive", archive.text()));
    }

    private static ArchivedMessage message(Line line, long latest) {
        MessageId id = read(line, line.message(), MessageId::of);
        if (id.unixMillis() > latest) {
            throw invalid(line, "its id is of the future");
        }
        return new ArchivedMessage(id, read(line, line.sender(), AccountId::of), line.body(), line.line(), line.at());
    }

    private void requireRegistered(List<ArchivedMessage> messages) {
        Set<AccountId> senders = messages.stream().map(ArchivedMessage::sender).collect(Collectors.toSet());
        Set<AccountId> registered = directory.usernames(senders).keySet();
        for (ArchivedMessage message : messages) {
            if (!registered.contains(message.sender())) {
                throw new RejectedException(new Rejection(
                        RejectionCode.NOT_FOUND, "Line " + message.line() + ": there is no such sender", "messages"));
            }
        }
    }

    private static <I> I read(Line line, String text, Function<String, I> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw invalid(line, "'" + text + "' is no id of its kind");
        }
    }

    private static RejectedException invalid(Line line, String detail) {
        return new RejectedException(Rejection.invalid("messages", "Line " + line.line() + ": " + detail));
    }
}
