package dev.parley.command.conversation;

import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import org.hamcrest.CustomTypeSafeMatcher;
import org.hamcrest.Matcher;

/// Matches rejections by their code.
final class Refused {

    private Refused() {}

    static Matcher<Rejection> with(RejectionCode code) {
        return new CustomTypeSafeMatcher<>("a rejection " + code.text()) {
            @Override
            protected boolean matchesSafely(Rejection rejection) {
                return rejection.code() == code;
            }
        };
    }
}
