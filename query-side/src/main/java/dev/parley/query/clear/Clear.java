package dev.parley.query.clear;

import dev.parley.messages.Fact;
import dev.parley.query.batch.Recorded;
import java.util.List;

/// Where the application was last cleared.
///
/// @param position of its fact; -1 where there was none
/// @param firstGame games below this number belong to the past
public record Clear(long position, int firstGame) {

    static final Clear NONE = new Clear(-1, 0);

    public boolean happened() {
        return position >= 0;
    }

    /// The facts of a family that are not of the time before.
    public <F extends Fact> List<Recorded<F>> after(Class<F> family, List<Recorded<Fact>> batch) {
        return batch.stream()
                .filter(recorded -> recorded.position() > position && family.isInstance(recorded.fact()))
                .map(recorded -> new Recorded<>(
                        family.cast(recorded.fact()), recorded.position(), recorded.seq(), recorded.storedAt()))
                .toList();
    }
}
