package dev.parley.query.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.AccountId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message as clients see it.
///
/// @param username what the sender is called now; absent while the account is not projected yet
/// @param imported true for a message taken over from an archive, absent for others
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageView(
        String id,
        String conversation,
        long seq,
        long position,
        String sender,
        @Nullable String username,
        String body,
        Instant at,
        @Nullable Boolean imported) {

    public static MessageView of(MessageDocument document, Map<AccountId, String> usernames) {
        return new MessageView(
                document.message(),
                document.conversation(),
                document.seq(),
                document.position(),
                document.sender(),
                usernames.get(AccountId.of(document.sender())),
                document.body(),
                Instant.ofEpochMilli(document.at()),
                document.imported() ? true : null);
    }
}
