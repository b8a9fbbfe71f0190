package dev.parley.query.chain;

/// Where the chain ends.
///
/// @param position of its last fact, -1 where it is empty
/// @param count of its facts
/// @param hash of the chain up to there
/// @param sealed the last checkpoint
/// @param read the position of the last fact that was read, which is before `position` while the log is read again
record Head(long position, long count, byte[] hash, Sealed sealed, long read) {

    /// The last checkpoint; at position -1, and with a hash of zeros, where there is none.
    record Sealed(long position, long count, byte[] hash) {}

    Head and(Link link) {
        return new Head(link.position(), count + 1, Digest.chain(hash, link.leaf()), sealed, read);
    }

    /// Facts since the last checkpoint.
    long open() {
        return count - sealed.count;
    }

    Head seal() {
        return new Head(position, count, hash, new Sealed(position, count, hash), read);
    }

    Head read(long upTo) {
        return new Head(position, count, hash, sealed, upTo);
    }
}
