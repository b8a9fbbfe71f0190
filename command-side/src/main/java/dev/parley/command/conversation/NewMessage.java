package dev.parley.command.conversation;

import dev.parley.messages.AccountId;
import dev.parley.messages.MessageId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.conversation.Attachment;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message as a request says it.
///
/// @param id a UUID of version 7 made by the client
/// @param body not blank unless there are attachments, at most 16 KiB of UTF-8; missing for none
/// @param replyTo the id of the message that it answers
/// @param mentions accounts of members, each once
record NewMessage(
        @NotNull String id,
        @Nullable String body,
        @Nullable String replyTo,
        @Nullable List<@NotNull String> mentions,
        @Nullable List<@Valid @NotNull Carried> attachments) {

    /// Something by reference: an [Attachment].
    record Carried(
            @NotNull String name,
            @NotNull String mediaType,
            @NotNull Long size,
            @NotNull String sha256,
            @NotNull String uri) {}

    String text() {
        return body == null ? "" : body;
    }

    /// @throws RejectedException `invalid`
    @Nullable
    MessageId answered() {
        return replyTo == null ? null : Given.message("replyTo", replyTo);
    }

    /// @throws RejectedException `invalid`
    static List<AccountId> accounts(@Nullable List<String> mentions) {
        return mentions == null
                ? List.of()
                : mentions.stream()
                        .map(mention -> Given.account("mentions", mention))
                        .toList();
    }

    /// @throws RejectedException `invalid`
    List<Attachment> carried() {
        List<Carried> given = attachments == null ? List.of() : attachments;
        List<Attachment> carried = new ArrayList<>(given.size());
        for (Carried it : given) {
            URI uri = uri("attachments[" + carried.size() + "].uri", it.uri());
            carried.add(new Attachment(it.name(), it.mediaType(), it.size(), it.sha256(), uri));
        }
        return carried;
    }

    private static URI uri(String field, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new RejectedException(Rejection.invalid(field, "It is no URI"));
        }
    }
}
