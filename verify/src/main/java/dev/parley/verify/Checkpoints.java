package dev.parley.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads checkpoints, oldest first: one or more JSON objects of one each, or a page of them (`{"checkpoints":[…]}`).
/// It holds one at a time, or one page.
final class Checkpoints implements AutoCloseable {

    private final BufferedReader in;
    private final Json json;
    private final Deque<Checkpoint> page = new ArrayDeque<>();

    Checkpoints(Path file) throws IOException {
        this.in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        this.json = new Json(in);
    }

    /// @return nothing at the end
    /// @throws InputException if what comes is no checkpoint
    Optional<Checkpoint> next() throws IOException {
        while (page.isEmpty()) {
            Optional<Object> value = json.next();
            if (value.isEmpty()) {
                return Optional.empty();
            }
            if (!(value.get() instanceof Map<?, ?> object)) {
                throw new InputException("JSON that is no checkpoint");
            }
            if (object.get("checkpoints") instanceof List<?> list) {
                list.stream()
                        .map(one -> one instanceof Map<?, ?> map ? map : Map.of())
                        .map(Checkpoint::of)
                        .sorted(Comparator.comparingLong(Checkpoint::position))
                        .forEach(page::add);
            } else {
                page.add(Checkpoint.of(object));
            }
        }
        return Optional.of(page.remove());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
