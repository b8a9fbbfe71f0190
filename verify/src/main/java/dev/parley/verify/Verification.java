package dev.parley.verify;

import dev.parley.verify.Checkpoint.Leaf;
import dev.parley.verify.Finding.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Walks an export and the checkpoints side by side, up to the first difference.
final class Verification {

    private final Export export;
    private final Path checkpoints;
    private final Optional<Keys> keys;
    private Optional<Line> line = Optional.empty();
    private long events;
    private long seen;
    private long before;

    /// @param checkpoints a file, which is read again to tell what a difference is
    Verification(Export export, Path checkpoints, Optional<Keys> keys) {
        this.export = export;
        this.checkpoints = checkpoints;
        this.keys = keys;
    }

    /// @throws InputException if there is nothing to compare
    Result run() throws IOException {
        line = export.next();
        try (Checkpoints all = new Checkpoints(checkpoints)) {
            Checkpoint first = all.next().orElseThrow(() -> new InputException(checkpoints + " holds no checkpoint"));
            Optional<Finding> finding = skip(first);
            Optional<Checkpoint> last = Optional.empty();
            for (Optional<Checkpoint> next = Optional.of(first); finding.isEmpty() && next.isPresent(); ) {
                finding = check(next.get(), last);
                last = next;
                next = all.next();
                seen++;
            }
            return finding.isPresent() ? result(finding, 0) : rest(last.orElse(first));
        }
    }

    /// Events before the first checkpoint's range are hashed, if they are there from the beginning, and passed over.
    private Optional<Finding> skip(Checkpoint first) throws IOException {
        boolean whole = line.isPresent() && line.get().position() == 0;
        String chain = Sha256.ZERO;
        while (line.isPresent()
                && line.get().position() != Line.NONE
                && line.get().position() <= first.previousPosition()) {
            chain = Sha256.chain(chain, line.get().digest());
            before++;
            line = export.next();
        }
        if (before == 0 || !whole || chain.equals(first.previous())) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                Kind.DIFFERENT,
                0,
                1,
                "Something up to position " + first.previousPosition()
                        + " was altered, dropped, added or moved; earlier checkpoints with leaves tell what"));
    }

    private Optional<Finding> check(Checkpoint checkpoint, Optional<Checkpoint> last) throws IOException {
        Optional<String> problem = problem(checkpoint, last);
        if (problem.isPresent()) {
            return Optional.of(new Finding(
                    Kind.CHECKPOINT,
                    checkpoint.position(),
                    Line.NONE,
                    "The checkpoint at position " + checkpoint.position() + " " + problem.get()));
        }
        return checkpoint.leaves().isEmpty() ? hashed(checkpoint) : compared(checkpoint);
    }

    private Optional<String> problem(Checkpoint checkpoint, Optional<Checkpoint> last) {
        if (keys.isPresent() && !keys.get().has(checkpoint.key())) {
            return Optional.of("is signed by the key " + checkpoint.key() + ", which is none of those given");
        }
        if (keys.isPresent() && !keys.get().signed(checkpoint)) {
            return Optional.of("has a signature that is not good");
        }
        if (!checkpoint.isWhole()) {
            return Optional.of("has leaves that do not make its hash");
        }
        long counted = checkpoint.count() - last.map(Checkpoint::count).orElse(0L);
        boolean beginning = checkpoint.previousPosition() == -1;
        boolean follows = last.isPresent()
                ? checkpoint.previousPosition() == last.get().position()
                        && checkpoint.previous().equals(last.get().hash())
                : !beginning || checkpoint.previous().equals(Sha256.ZERO);
        boolean counts = checkpoint.leaves().isEmpty()
                || (last.isEmpty() && !beginning)
                || counted == checkpoint.leaves().size();
        return follows && counts
                ? Optional.empty()
                : Optional.of("does not go on where the one before it ended; one is missing, or not of this chain");
    }

    private Optional<Finding> compared(Checkpoint checkpoint) throws IOException {
        for (Leaf leaf : checkpoint.leaves()) {
            if (line.isEmpty() || !line.get().digest().equals(leaf.digest())) {
                return Optional.of(new Difference(export, checkpoints, leaf).of(line));
            }
            events++;
            line = export.next();
        }
        return Optional.empty();
    }

    /// Without leaves: the hash tells that something is wrong, and positions out of order may tell where.
    private Optional<Finding> hashed(Checkpoint checkpoint) throws IOException {
        String chain = checkpoint.previous();
        long from = checkpoint.previousPosition();
        Optional<Finding> oddity = Optional.empty();
        while (line.isPresent() && line.get().position() <= checkpoint.position()) {
            Line now = line.get();
            chain = Sha256.chain(chain, now.digest());
            if (oddity.isEmpty() && now.position() != from + 1) {
                oddity = Optional.of(Difference.byPosition(now, from));
            }
            from = now.position();
            events++;
            line = export.next();
        }
        if (chain.equals(checkpoint.hash())) {
            return Optional.empty();
        }
        if (oddity.isEmpty() && from < checkpoint.position()) {
            oddity = Optional.of(Difference.missing(from + 1, line));
        }
        return Optional.of(oddity.orElse(new Finding(
                Kind.DIFFERENT,
                checkpoint.previousPosition() + 1,
                Line.NONE,
                "An event from position " + (checkpoint.previousPosition() + 1) + " to " + checkpoint.position()
                        + " was altered; the checkpoint with its leaves tells which")));
    }

    private Result rest(Checkpoint last) throws IOException {
        long after = 0;
        while (line.isPresent()) {
            if (line.get().position() <= last.position()) {
                return result(Optional.of(Difference.added(line.get())), after);
            }
            after++;
            line = export.next();
        }
        return result(Optional.empty(), after);
    }

    private Result result(Optional<Finding> finding, long after) {
        return new Result(finding, events, seen, before, after);
    }
}
