package dev.parley.query.chain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Puts facts into the chain in the order of the store, each once, and signs a checkpoint for every thousand. Facts
/// that are in it already are compared instead.
///
/// Everything is in the caller's transaction, and who writes holds the lock of the chain's head, so that any number of
/// nodes makes one chain.
@Component
class Chain {

    /// Facts between two checkpoints at most.
    static final int LINKS = 1_000;

    private final ChainTable table;
    private final CheckpointTable checkpoints;
    private final Signing signing;
    private final Breaks breaks;

    Chain(ChainTable table, CheckpointTable checkpoints, Signing signing, Breaks breaks) {
        this.table = table;
        this.checkpoints = checkpoints;
        this.signing = signing;
        this.breaks = breaks;
    }

    /// @param links in the order of positions, one at least
    void add(List<Link> links) {
        Head head = table.lock();
        long end = head.position();
        List<Link> again = links.stream().filter(link -> link.position() <= end).toList();
        if (!again.isEmpty()) {
            breaks.compare(table.links(from(head, again), again.getLast().position()), again);
        }
        List<Link> run = new ArrayList<>();
        for (Link link : links.subList(again.size(), links.size())) {
            run.add(link);
            head = head.and(link);
            if (head.open() == LINKS) {
                open(run);
                head = seal(head);
            }
        }
        open(run);
        table.save(head.read(links.getLast().position()));
    }

    /// Signs a checkpoint if a fact waits for one that long. Does nothing while another node is at the chain.
    void sealAfter(Duration wait) {
        Optional<Head> free = table.lockIfFree();
        Optional<Instant> since = free.flatMap(head -> table.openSince());
        if (free.isPresent()
                && since.isPresent()
                && !since.get().isAfter(Instant.now().minus(wait))) {
            table.save(seal(free.get()));
        }
    }

    /// Facts are read in order and without gaps, unless the log is read from an earlier place again: what is missing
    /// just before them was passed over.
    private static long from(Head head, List<Link> again) {
        long first = again.getFirst().position();
        return head.read() < first ? head.read() + 1 : first;
    }

    private void open(List<Link> run) {
        if (!run.isEmpty()) {
            table.open(run, Instant.now());
            run.clear();
        }
    }

    private Head seal(Head head) {
        Checkpoint checkpoint = new Checkpoint(
                head.position(),
                head.sealed().position(),
                head.count(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                head.sealed().hash(),
                head.hash(),
                signing.id());
        checkpoints.add(checkpoint, signing.sign(checkpoint), table.takeOpen());
        return head.seal();
    }
}
