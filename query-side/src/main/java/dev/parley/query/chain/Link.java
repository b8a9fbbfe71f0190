package dev.parley.query.chain;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// One fact in the chain.
///
/// ```
/// | position, 8 bytes, big-endian | digest of its line, 32 bytes |
/// ```
///
/// @param position its global index in the store
@SuppressWarnings("ArrayRecordComponent") // never compared
record Link(long position, byte[] leaf) {

    private static final int LENGTH = Long.BYTES + Digest.LENGTH;

    static byte[] bytes(List<Link> links) {
        ByteBuffer bytes = ByteBuffer.allocate(links.size() * LENGTH);
        links.forEach(link -> bytes.putLong(link.position).put(link.leaf));
        return bytes.array();
    }

    static List<Link> read(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        List<Link> links = new ArrayList<>(stored.length / LENGTH);
        while (bytes.hasRemaining()) {
            long position = bytes.getLong();
            byte[] leaf = new byte[Digest.LENGTH];
            bytes.get(leaf);
            links.add(new Link(position, leaf));
        }
        return links;
    }
}
