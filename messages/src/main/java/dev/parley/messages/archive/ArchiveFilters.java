package dev.parley.messages.archive;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What narrows a search of the archive beside its query. Of each list, one must hold; an empty list
/// lets everything through.
///
/// @param senders at most [#MOST]
/// @param conversations at most [#MOST]
/// @param scripts of Unicode, lower case: `latin`; at most [#MOST]
/// @param attachments media types; at most [#MOST]
/// @param since said then or later
/// @param until said before
public record ArchiveFilters(
        List<AccountId> senders,
        List<ConversationId> conversations,
        List<String> scripts,
        List<String> attachments,
        @Nullable Instant since,
        @Nullable Instant until) {

    /// Elements of each list.
    public static final int MOST = 100;

    /// Everything gets through.
    public static final ArchiveFilters NONE =
            new ArchiveFilters(List.of(), List.of(), List.of(), List.of(), null, null);

    public ArchiveFilters {
        senders = List.copyOf(senders);
        conversations = List.copyOf(conversations);
        scripts = List.copyOf(scripts);
        attachments = List.copyOf(attachments);
    }
}
