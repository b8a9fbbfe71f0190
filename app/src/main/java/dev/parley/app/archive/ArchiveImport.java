package dev.parley.app.archive;

import dev.parley.messages.ConversationId;
import dev.parley.messages.conversation.ConversationCommand.ArchivedMessage;
import dev.parley.messages.conversation.ImportReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Imports one archive from where it stands: accounts for the nicks first, then the messages in batches.
///
/// One batch is in flight at a time (a conversation decides in order), and the next is made ready meanwhile. The server
/// tells how far the import is, so nothing is kept here, and an import that was cut off anywhere can be run again.
final class ArchiveImport {

    /// What was done.
    ///
    /// @param before imported by earlier runs
    /// @param now imported by this run
    /// @param took from the first batch to the last answer
    record Outcome(ConversationId conversation, long before, long now, Duration took) {}

    private static final int MOST_NICKS = 1_000;

    private final ImportClient client;
    private final ImportSource source;
    private final Screen screen;

    ArchiveImport(ImportClient client, ImportSource source, Screen screen) {
        this.client = client;
        this.source = source;
        this.screen = screen;
    }

    Outcome run(Census census) throws IOException, InterruptedException {
        client.login();
        ConversationId conversation = client.open(source.title());
        ImportReport before = client.report();
        if (before.total() > 0) {
            screen.print(String.format("  continuing after line %d, %d messages", before.line(), before.total()));
        }
        register(census.nicks().after(before.line()), census.nicks());
        try (ArchiveFile file = ArchiveFile.open(source.file(), source.archive())) {
            Batches batches = Batches.after(before, file, census.nicks());
            long began = screen.nanos();
            long total = send(batches, before, census.messages());
            Duration took = Duration.ofNanos(screen.nanos() - began);
            return new Outcome(conversation, before.total(), total - before.total(), took);
        }
    }

    private void register(List<String> names, Nicks nicks) throws InterruptedException {
        ProgressBar bar = new ProgressBar(screen, "accounts", 0, names.size());
        for (int from = 0; from < names.size(); from += MOST_NICKS) {
            int to = Math.min(names.size(), from + MOST_NICKS);
            nicks.assign(client.register(names.subList(from, to)));
            bar.at(to);
        }
        bar.finish(names.size());
    }

    /// @return messages imported so far, earlier runs included
    private long send(Batches batches, ImportReport before, long messages) throws IOException, InterruptedException {
        ProgressBar bar = new ProgressBar(screen, "messages", before.total(), messages);
        long total = before.total();
        try (ExecutorService sender = Executors.newVirtualThreadPerTaskExecutor()) {
            List<ArchivedMessage> batch = batches.next();
            while (!batch.isEmpty()) {
                byte[] body = client.json(batch);
                long lastLine = batch.getLast().line();
                Future<ImportReport> inFlight = sender.submit(() -> client.send(body));
                batch = batches.next();
                ImportReport report = answer(inFlight);
                if (report.line() < lastLine) {
                    throw new ImportException("The server took messages up to line " + lastLine
                            + " but says that it has them up to line " + report.line() + " only.");
                }
                total = report.total();
                bar.at(total);
            }
        }
        bar.finish(total);
        return total;
    }

    private static ImportReport answer(Future<ImportReport> inFlight) throws InterruptedException {
        try {
            return inFlight.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ImportException ended) {
                throw ended;
            }
            throw new IllegalStateException("A batch could not be sent", e.getCause());
        }
    }
}
