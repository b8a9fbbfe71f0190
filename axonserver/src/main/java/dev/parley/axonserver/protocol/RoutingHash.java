package dev.parley.axonserver.protocol;

/// Spreads texts evenly over the 64 bit numbers, in the same way on every machine and in every run.
public final class RoutingHash {

    private RoutingHash() {}

    /// FNV-1a (RFC 9923) over the UTF-16 units, mixed, since short similar texts are the rule.
    public static long of(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mix(hash);
    }

    /// The finalizer of MurmurHash3: each bit of the argument changes half of the result's.
    public static long mix(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
