package dev.parley.command.limit;

import dev.parley.command.dispatch.Outcome;
import io.github.bucket4j.Bucket;
import org.jspecify.annotations.Nullable;

/// What one command has taken of the limits, given back as far as its failure asks for it. It belongs to
/// the thread that handles the command.
final class Taken {

    private final Bucket ofAccount;
    private final @Nullable Bucket ofConversation;
    private boolean failed;

    /// @param ofConversation null where the conversation's room is not asked for
    Taken(Bucket ofAccount, @Nullable Bucket ofConversation) {
        this.ofAccount = ofAccount;
        this.ofConversation = ofConversation;
    }

    /// Nothing happened in the conversation, so it has its room again: whoever may not write there
    /// cannot fill it. The account pays for what is refused, but not for a conflict: the same command
    /// comes again.
    ///
    /// What is said after the first failure changes nothing.
    void failed(Throwable failure) {
        if (failed) {
            return;
        }
        failed = true;
        if (ofConversation != null) {
            ofConversation.addTokens(1);
        }
        if (Outcome.of(failure) == Outcome.CONFLICT) {
            ofAccount.addTokens(1);
        }
    }
}
