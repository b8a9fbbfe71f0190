package dev.parley.verify;

/// One line of an export.
///
/// @param number from 1
/// @param digest SHA-256 of its bytes without the line feed, in hexadecimal
/// @param position the one it claims; [#NONE] where it claims none
/// @param id the one it claims, `?` where it claims none
record Line(long number, String digest, long position, String id) {

    static final long NONE = -1;

    String named() {
        return "line " + number + (position == NONE ? ", which is no event" : ", position " + position + ", id " + id);
    }
}
