package dev.parley.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.conversation.ConversationKind;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What whoever looks names up may rely on.
interface DirectoryContract {

    AccountId register(String username);

    /// @param title empty for none
    ConversationId start(ConversationKind kind, String title, AccountId... members);

    /// What an account is told that may know of every conversation there is.
    Directory directory(AccountId asker);

    private static String name() {
        return "n" + UUID.randomUUID().toString().replace("-", "");
    }

    @Test
    default void meIsWhoeverAsks() {
        AccountId ann = register(name());
        assertThat(directory(ann).people("me")).containsExactly(ann);
        assertThat(directory(ann).people("ME")).containsExactly(ann);
    }

    @Test
    default void aUserNameIsFoundWhateverItsCaseAndWithTheSignBeforeIt() {
        String name = name();
        AccountId ann = register(name());
        AccountId bob = register(name);
        Directory directory = directory(ann);
        assertThat(directory.people(name)).containsExactly(bob);
        assertThat(directory.people(name.toUpperCase(Locale.ROOT))).containsExactly(bob);
        assertThat(directory.people("@" + name)).containsExactly(bob);
    }

    @Test
    default void anIdIsItself() {
        AccountId ann = register(name());
        ConversationId group = start(ConversationKind.GROUP, name(), ann);
        assertThat(directory(ann).people(ann.toString())).containsExactly(ann);
        assertThat(directory(ann).conversations(group.toString())).containsExactly(group);
    }

    @Test
    default void whatIsNotKnownIsAnEmptyAnswer() {
        Directory directory = directory(register(name()));
        assertThat(directory.people(name())).isEmpty();
        assertThat(directory.conversations(name())).isEmpty();
        assertThat(directory.directs(List.of())).isEmpty();
        assertThat(directory.directs(List.of(new AccountId(UUID.randomUUID())))).isEmpty();
    }

    @Test
    default void aConversationIsFoundByTheWordsOfItsTitle() {
        AccountId ann = register(name());
        String one = name();
        String other = name();
        ConversationId both = start(ConversationKind.GROUP, one + " " + other, ann);
        ConversationId alone = start(ConversationKind.GROUP, other, ann);
        Directory directory = directory(ann);
        assertThat(directory.conversations(one)).containsExactly(both);
        assertThat(directory.conversations(other + " " + one)).containsExactly(both);
        assertThat(directory.conversations(other)).containsExactlyInAnyOrder(both, alone);
    }

    @Test
    default void aDirectConversationIsFoundByWhoIsInIt() {
        String name = name();
        AccountId ann = register(name());
        AccountId bob = register(name);
        start(ConversationKind.GROUP, name(), ann, bob);
        ConversationId direct = start(ConversationKind.DIRECT, "", ann, bob);
        Directory directory = directory(ann);
        assertThat(directory.conversations(name)).containsExactly(direct);
        assertThat(directory.directs(List.of(bob))).containsExactly(direct);
    }
}
