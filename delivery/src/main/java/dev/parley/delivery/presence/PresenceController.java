package dev.parley.delivery.presence;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.delivery.membership.MembershipBarrier;
import dev.parley.delivery.presence.PresenceStore.Present;
import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.RejectedException;
import dev.parley.messages.Rejection;
import dev.parley.messages.RejectionCode;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Who of a conversation is online. For its members only.
@RestController
class PresenceController {

    static final int PAGE = 200;

    /// The position of a write that the caller knows of.
    private static final String WAIT_FOR = "Parley-After";

    private final PresenceStore store;
    private final MembershipBarrier members;

    PresenceController(PresenceStore store, MembershipBarrier members) {
        this.store = store;
        this.members = members;
    }

    /// @param members in the order of their ids, at most [#PAGE]
    /// @param next give it as `after` for those that follow; absent with the last
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<Element> members, @Nullable AccountId next) {}

    /// @param lastActive of one that is not online, if it is known
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Element(
            AccountId account, boolean online, @Nullable Instant lastActive) {}

    @GetMapping("/api/v1/conversations/{id}/presence")
    Page presence(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String after,
            @RequestHeader(name = WAIT_FOR, required = false) @Nullable String waitFor,
            @Nullable Principal principal) {
        if (principal == null) {
            throw new RejectedException(RejectionCode.UNAUTHENTICATED, "A token is needed");
        }
        ConversationId conversation = parse("id", id, ConversationId::of);
        AccountId from = after == null ? null : parse("after", after, AccountId::of);
        if (waitFor != null) {
            members.await(position(waitFor.strip()));
        }
        if (!store.isMember(conversation, AccountId.of(principal.getName()))) {
            throw new RejectedException(RejectionCode.NOT_A_MEMBER, "You are no member of this conversation");
        }
        List<Present> found = store.members(conversation, from, PAGE + 1);
        List<Element> members = found.stream()
                .limit(PAGE)
                .map(present -> new Element(present.account(), present.online(), present.lastActive()))
                .toList();
        return new Page(members, found.size() > PAGE ? members.getLast().account() : null);
    }

    private static long position(String text) {
        try {
            long position = Long.parseLong(text);
            if (position >= 0) {
                return position;
            }
        } catch (NumberFormatException notANumber) {
            // As one below zero.
        }
        throw new RejectedException(Rejection.invalid(WAIT_FOR, "Not a position"));
    }

    private static <T> T parse(String name, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException notAnId) {
            throw new RejectedException(Rejection.invalid(name, "Not a UUID"));
        }
    }
}
