package dev.parley.command.conversation;

import dev.parley.messages.AccountId;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who is in a conversation, in the order of joining. Not thread-safe: it belongs to one aggregate.
final class Members {

    static final int LIMIT = 20_000;

    private final Map<AccountId, MemberRole> roles = new LinkedHashMap<>();
    private int owners;

    void put(Member member) {
        remove(member.account());
        roles.put(member.account(), member.role());
        owners += member.role() == MemberRole.OWNER ? 1 : 0;
    }

    void remove(AccountId account) {
        owners -= roles.remove(account) == MemberRole.OWNER ? 1 : 0;
    }

    /// @return null for an account that is no member
    @Nullable
    MemberRole roleOf(AccountId account) {
        return roles.get(account);
    }

    boolean isLastOwner(AccountId account) {
        return owners == 1 && roles.get(account) == MemberRole.OWNER;
    }

    boolean isFull() {
        return roles.size() >= LIMIT;
    }

    Set<AccountId> accounts() {
        return roles.keySet();
    }

    List<Member> list() {
        return roles.entrySet().stream()
                .map(entry -> new Member(entry.getKey(), entry.getValue()))
                .toList();
    }
}
