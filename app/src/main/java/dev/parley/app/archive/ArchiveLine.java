package dev.parley.app.archive;

import dev.parley.messages.MessageId;
import java.time.Instant;

/// What one line of an archive turned out to be.
sealed interface ArchiveLine {

    /// In the file, from 1.
    long line();

    /// @param id rises from message to message and is the same in every reading of the file
    /// @param nick without white space around it, not empty
    /// @param text at most 16 KiB of UTF-8, not blank
    record Message(long line, MessageId id, Instant at, String nick, String text) implements ArchiveLine {}

    record Malformed(long line, Flaw flaw) implements ArchiveLine {}

    /// Why a line is left out.
    enum Flaw {
        TOO_LONG_A_LINE("the line is over 32 KiB"),
        NOT_UTF_8("not UTF-8"),
        HOLDS_NUL("holds a NUL character"),
        NOT_THREE_FIELDS("not three fields divided by tabs"),
        BAD_TIME("the time is not one like 2004-11-15T01:00:00Z, between 1970 and now"),
        EMPTY_NICK("the nick is empty"),
        TOO_LONG_A_NICK("the nick is over 64 characters"),
        BLANK_TEXT("the text is blank"),
        TOO_LONG_A_TEXT("the text is over 16 KiB");

        private final String text;

        Flaw(String text) {
            this.text = text;
        }

        /// As shown after the line's number; never a part of the line itself.
        String text() {
            return text;
        }
    }
}
