package dev.parley.query.rebuild;

import dev.parley.messages.Fact;
import dev.parley.messages.conversation.ConversationEvent.MessageEdited;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.query.batch.Recorded;
import java.util.ArrayList;
import java.util.List;

/// Divides a batch into what is made into documents at once: up to 1,250 facts with a million characters. Memory is to
/// hold a few portions of documents, whatever people write: folded, a character may become 18.
public final class Portions {

    private static final int FACTS = 1_250;
    private static final int CHARACTERS = 1_000_000;
    /// Of name, media type, address and checksum.
    private static final int ATTACHMENT = 3_000;

    private Portions() {}

    /// In their order; a fact that is longer is a portion of its own.
    public static <T extends Fact> List<List<Recorded<T>>> of(List<Recorded<T>> facts) {
        List<List<Recorded<T>>> portions = new ArrayList<>();
        int from = 0;
        long characters = 0;
        for (int i = 0; i < facts.size(); i++) {
            int length = length(facts.get(i).fact());
            if (i > from && (i - from == FACTS || characters + length > CHARACTERS)) {
                portions.add(facts.subList(from, i));
                from = i;
                characters = 0;
            }
            characters += length;
        }
        if (from < facts.size()) {
            portions.add(facts.subList(from, facts.size()));
        }
        return portions;
    }

    private static int length(Fact fact) {
        return switch (fact) {
            case MessageSent sent ->
                sent.body().length() + ATTACHMENT * sent.attachments().size();
            case MessageImported imported -> imported.body().length();
            case MessageEdited edited -> edited.body().length();
            default -> 0;
        };
    }
}
