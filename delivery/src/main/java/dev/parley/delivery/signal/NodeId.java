package dev.parley.delivery.signal;

import java.util.UUID;

/// Names one run of one gateway process.
public record NodeId(UUID value) {

    static NodeId random() {
        return new NodeId(UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
