package dev.parley.query.search;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import java.util.Arrays;
import java.util.UUID;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class PostgresDirectoryIT extends Running implements DirectoryContract {

    @Autowired
    private JdbcClient jdbc;

    @Override
    public AccountId register(String username) {
        return Room.register(store, username);
    }

    @Override
    public ConversationId start(ConversationKind kind, String title, AccountId... members) {
        ConversationId id = new ConversationId(UUID.randomUUID());
        store.publish(new GenericDomainEventMessage<>(
                "Conversation",
                id.toString(),
                0,
                new ConversationStarted(
                        id,
                        kind,
                        title.isEmpty() ? null : title,
                        members[0],
                        Arrays.stream(members)
                                .map(member -> new Member(member, MemberRole.MEMBER))
                                .toList(),
                        Room.now())));
        return id;
    }

    @Override
    public Directory directory(AccountId asker) {
        awaitProjections();
        return new PostgresDirectory(jdbc, asker, false);
    }
}
