package dev.parley.notifications.policy;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.SessionId;
import dev.parley.notifications.policy.AudienceStore.Membership;
import dev.parley.notifications.policy.AudienceStore.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who came, who went, what everything is called and which sessions are over, in one batch. Used by one thread.
record AudienceChanges(
        List<Membership> joined,
        List<Membership> left,
        Map<AccountId, Named> names,
        Map<ConversationId, Named> titles,
        List<SessionId> closed) {

    AudienceChanges() {
        this(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
    }

    void title(ConversationId conversation, @Nullable String title, long position) {
        titles.put(conversation, new Named(title == null ? "" : title, position));
    }

    /// The application was cleared: whose name goes, goes by its position.
    void clear() {
        joined.clear();
        left.clear();
        titles.clear();
    }
}
