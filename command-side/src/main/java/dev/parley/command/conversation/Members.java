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

    private static final List<MemberRole> HEIRS = List.of(MemberRole.ADMIN, MemberRole.MEMBER, MemberRole.READER);

    private final Map<AccountId, MemberRole> roles = new LinkedHashMap<>();
    private int owners;

    /// Who is there keeps the place in the order and gets the role.
    void put(Member member) {
        MemberRole before = roles.put(member.account(), member.role());
        owners += (member.role() == MemberRole.OWNER ? 1 : 0) - (before == MemberRole.OWNER ? 1 : 0);
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

    /// Who becomes owner where the last one leaves and names nobody: of those with the highest role who joined first.
    ///
    /// @return null where nobody else is there
    @Nullable
    AccountId heir() {
        for (MemberRole role : HEIRS) {
            for (Map.Entry<AccountId, MemberRole> entry : roles.entrySet()) {
                if (entry.getValue() == role) {
                    return entry.getKey();
                }
            }
        }
        return null;
    }

    int size() {
        return roles.size();
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
