package dev.parley.app.archive;

import dev.parley.app.archive.ArchiveLine.Malformed;
import dev.parley.app.archive.ArchiveLine.Message;
import dev.parley.messages.AccountId;
import dev.parley.messages.conversation.ConversationCommand.ArchivedMessage;
import dev.parley.messages.conversation.ImportReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The messages of an archive that are not imported yet, in batches that fit a request. Not thread-safe.
final class Batches {

    static final int MOST_MESSAGES = 1_000;

    /// Of text in a batch, so that also JSON that escapes every byte stays under 4 MiB, gRPC's limit for a message.
    private static final int MOST_TEXT_BYTES = 512 * 1024;

    private final ArchiveFile file;
    private final Nicks nicks;
    private @Nullable Message pending;

    private Batches(ArchiveFile file, Nicks nicks) {
        this.file = file;
        this.nicks = nicks;
    }

    /// @param nicks with an account for each nick that still speaks
    /// @param soFar what is skipped; it has to be of this very file
    static Batches after(ImportReport soFar, ArchiveFile file, Nicks nicks) throws IOException {
        Batches batches = new Batches(file, nicks);
        long skipped = 0;
        Message message = batches.message();
        while (message != null && message.line() <= soFar.line()) {
            skipped++;
            message = batches.message();
        }
        if (skipped != soFar.total()) {
            throw new ImportException(String.format(
                    "The archive of this name was imported from another file: up to its line %d it had %d messages,"
                            + " this one has %d. Name this one differently with --archive.",
                    soFar.line(), soFar.total(), skipped));
        }
        batches.pending = message;
        return batches;
    }

    /// @return empty at the end of the file
    List<ArchivedMessage> next() throws IOException {
        List<ArchivedMessage> batch = new ArrayList<>(MOST_MESSAGES);
        int bytes = 0;
        while (pending != null && batch.size() < MOST_MESSAGES && bytes < MOST_TEXT_BYTES) {
            bytes += pending.text().length() * 3;
            batch.add(archived(pending));
            pending = message();
        }
        return batch;
    }

    private @Nullable Message message() throws IOException {
        while (true) {
            switch (file.next()) {
                case Message message -> {
                    return message;
                }
                case Malformed reportedBefore -> {}
                case null -> {
                    return null;
                }
            }
        }
    }

    private ArchivedMessage archived(Message message) {
        AccountId sender = nicks.account(message.nick());
        if (sender == null) {
            throw new ImportException("Line " + message.line()
                    + ": the server made no account for its nick, or the file was changed while it was read.");
        }
        return new ArchivedMessage(message.id(), sender, message.text(), message.line(), message.at());
    }
}
