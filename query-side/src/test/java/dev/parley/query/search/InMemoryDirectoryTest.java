package dev.parley.query.search;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.conversation.ConversationKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

class InMemoryDirectoryTest implements DirectoryContract {

    private final Map<String, AccountId> people = new HashMap<>();
    private final List<InMemoryDirectory.Talk> talks = new ArrayList<>();

    @Override
    public AccountId register(String username) {
        AccountId account = new AccountId(UUID.randomUUID());
        people.put(InMemoryDirectory.lower(username), account);
        return account;
    }

    @Override
    public ConversationId start(ConversationKind kind, String title, AccountId... members) {
        ConversationId id = new ConversationId(UUID.randomUUID());
        talks.add(new InMemoryDirectory.Talk(id, kind == ConversationKind.DIRECT, title, Set.of(members)));
        return id;
    }

    @Override
    public Directory directory(AccountId asker) {
        return new InMemoryDirectory(asker, people, talks);
    }
}
