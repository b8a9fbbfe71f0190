package dev.parley.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What every directory does, whomever it knows.
interface DirectoryContract {

    /// @param asker somebody whom nobody knows
    Directory directory(AccountId asker);

    private Directory directory() {
        return directory(new AccountId(UUID.randomUUID()));
    }

    @Test
    default void meIsWhoeverAsks() {
        AccountId asker = new AccountId(UUID.randomUUID());
        for (String me : List.of("me", "ME", "Me")) {
            assertThat(directory(asker).people(me)).containsExactly(asker);
        }
    }

    @Test
    default void anIdIsThatOfAnAccountOrAConversationWhetherOrNotItIsKnown() {
        UUID id = UUID.randomUUID();
        assertThat(directory().people(id.toString())).containsExactly(new AccountId(id));
        assertThat(directory().conversations(id.toString())).containsExactly(new ConversationId(id));
    }

    @Test
    default void aNameThatNobodyHasIsNobody() {
        for (String name : List.of(
                UUID.randomUUID().toString().substring(1),
                UUID.randomUUID() + "x",
                UUID.randomUUID().toString().replace('-', 'z'),
                "'; drop table account; --",
                "%",
                "\\",
                "@",
                "@@ubuntu",
                "\u0000",
                "\uD800",
                "京都" + UUID.randomUUID(),
                "x".repeat(500))) {
            assertThat(directory().people(name)).as(name).isEmpty();
            assertThat(directory().conversations(name)).as(name).isEmpty();
        }
    }

    @Test
    default void strangersHaveNoDirectConversations() {
        assertThat(directory().directs(List.of())).isEmpty();
        assertThat(directory().directs(List.of(new AccountId(UUID.randomUUID()))))
                .isEmpty();
    }
}
