package dev.parley.verify;

import dev.parley.verify.Checkpoint.Leaf;
import dev.parley.verify.Finding.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Tells what was done where a line is not the event that belongs there. The rest of the export is searched for that
/// event, and the checkpoints for the line.
final class Difference {

    private final Export rest;
    private final Path checkpoints;
    private final Leaf expected;
    /// That of the event behind the expected one, where it is known.
    private Optional<String> following = Optional.empty();

    /// @param rest the export, behind the line
    /// @param expected the event that belongs there
    Difference(Export rest, Path checkpoints, Leaf expected) {
        this.rest = rest;
        this.checkpoints = checkpoints;
        this.expected = expected;
    }

    /// What the checkpoints say about a line.
    private enum Origin {
        STORED,
        FORGED,
        UNKNOWN
    }

    /// @param found what is in the event's place, nothing at the end of the export
    Finding of(Optional<Line> found) throws IOException {
        if (found.isEmpty()) {
            return missing(expected.position(), found);
        }
        Line line = found.get();
        Origin origin = origin(line);
        Optional<Line> next = rest.next();
        boolean goesOn = next.isPresent() && following.equals(next.map(Line::digest));
        Optional<Line> later = next;
        while (later.isPresent() && !later.get().digest().equals(expected.digest())) {
            later = rest.next();
        }
        boolean early = origin == Origin.STORED && line.position() > expected.position();
        if (later.isPresent()) {
            return early ? moved(line, later.get()) : added(line);
        }
        boolean passedOver = early || (origin == Origin.UNKNOWN && !goesOn);
        return passedOver ? missing(expected.position(), found) : altered(line);
    }

    static Finding added(Line line) {
        return new Finding(
                Kind.ADDED,
                line.position(),
                line.number(),
                "ADDED: " + line.named() + ": the store has no such event here");
    }

    static Finding missing(long position, Optional<Line> instead) {
        return new Finding(
                Kind.DROPPED,
                position,
                instead.map(Line::number).orElse(Line.NONE),
                "DROPPED: the event at position " + position + " is not in the export; "
                        + instead.map(line -> "in its place is " + line.named()).orElse("the export ends before it"));
    }

    /// Where positions alone can tell.
    ///
    /// @param from the position of the line before
    static Finding byPosition(Line line, long from) {
        return line.position() > from ? missing(from + 1, Optional.of(line)) : added(line);
    }

    private Finding moved(Line line, Line later) {
        return new Finding(
                Kind.MOVED,
                expected.position(),
                line.number(),
                "MOVED: the event at position " + expected.position() + ", id " + later.id()
                        + ", is not in its place but in line " + later.number() + "; in its place is " + line.named());
    }

    private Finding altered(Line line) {
        return new Finding(
                Kind.ALTERED,
                expected.position(),
                line.number(),
                "ALTERED: the event at position " + expected.position() + " is not what was stored; the export has "
                        + line.named());
    }

    /// Looks through all leaves, for the line's own and for the one behind the expected one.
    private Origin origin(Line line) throws IOException {
        Origin origin = line.position() == Line.NONE ? Origin.FORGED : Origin.UNKNOWN;
        try (Checkpoints all = new Checkpoints(checkpoints)) {
            for (Optional<Checkpoint> next = all.next(); next.isPresent(); next = all.next()) {
                for (Leaf leaf : next.get().leaves()) {
                    if (leaf.position() > expected.position() && following.isEmpty()) {
                        following = Optional.of(leaf.digest());
                    }
                    if (leaf.position() == line.position()) {
                        origin = leaf.digest().equals(line.digest()) ? Origin.STORED : Origin.FORGED;
                    }
                }
                if (next.get().position() >= line.position() && following.isPresent()) {
                    return origin;
                }
            }
        }
        return origin;
    }
}
