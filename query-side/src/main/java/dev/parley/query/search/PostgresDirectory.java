package dev.parley.query.search;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.query.batch.Storable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Looks names up in the tables of `inbox`, each in one query. Names are compared as `query_side.folded` makes them,
/// titles by the words of `query_side.title_words`, both by an index; only titles for a name of a script without spaces
/// are all looked at.
///
/// @param asker who is `me`
/// @param own true if only the conversations that the asker is a member of now are known
record PostgresDirectory(JdbcClient jdbc, AccountId asker, boolean own) implements Directory {

    /// Answers are cut off there, the conversations with the newest activity first.
    private static final int MOST = 1_000;

    private static final String ME = "me";
    private static final char NICKS = '@';

    private static final String PEOPLE = """
            select id from query_side.account
            where query_side.folded(split_part(username, '@', 1)) = query_side.folded(split_part(?, '@', 1))
                and (not ? or query_side.folded(username) = query_side.folded(?))
            order by id limit\s""" + MOST;
    private static final String OWN = """

            and exists (select 1 from query_side.member m
                where m.conversation = c.id and m.account = ? and m.to_position is null)""";
    private static final String NEWEST = " order by c.last_position desc limit " + MOST;
    private static final String TITLED = """
            select c.id from query_side.conversation c
            where query_side.title_words(c.title) @@ (select string_agg(quote_literal(word), ' & ')::tsquery
                from unnest(tsvector_to_array(query_side.title_words(?))) word)""";
    /// A title of a script without spaces is one word.
    private static final String WITHIN_TITLE = """
            select c.id from query_side.conversation c
            where position(query_side.folded(?) in query_side.folded(c.title)) > 0""";
    private static final String DIRECTS = """
            select c.id from query_side.conversation c
            where c.kind = 'DIRECT' and c.id in (
                select o.conversation from query_side.member o where o.account = any (?) and o.to_position is null)""";

    @Override
    public List<AccountId> people(String name) {
        if (name.equalsIgnoreCase(ME)) {
            return List.of(asker);
        }
        UUID id = id(name);
        if (id != null) {
            return List.of(new AccountId(id));
        }
        String plain = Storable.text(name.charAt(0) == NICKS ? name.substring(1) : name);
        return jdbc.sql(PEOPLE)
                .params(plain, plain.indexOf(NICKS) >= 0, plain)
                .query((row, n) -> new AccountId(row.getObject(1, UUID.class)))
                .list();
    }

    @Override
    public List<ConversationId> conversations(String name) {
        UUID id = id(name);
        if (id != null) {
            return List.of(new ConversationId(id));
        }
        String title = Storable.text(name);
        boolean unspaced = title.codePoints().anyMatch(Letters::isUnspaced);
        Set<ConversationId> found = new LinkedHashSet<>(list(unspaced ? WITHIN_TITLE : TITLED, title));
        found.addAll(directs(people(name)));
        return List.copyOf(found);
    }

    @Override
    public List<ConversationId> directs(Collection<AccountId> people) {
        return people.isEmpty()
                ? List.of()
                : list(DIRECTS, (Object) people.stream().map(AccountId::value).toArray(UUID[]::new));
    }

    private List<ConversationId> list(String select, Object... parameters) {
        List<Object> all = new ArrayList<>(List.of(parameters));
        if (own) {
            all.add(asker.value());
        }
        return jdbc.sql(select + (own ? OWN : "") + NEWEST)
                .params(all)
                .query((row, n) -> new ConversationId(row.getObject(1, UUID.class)))
                .list();
    }

    private static @Nullable UUID id(String text) {
        try {
            return text.length() == 36 ? UUID.fromString(text) : null;
        } catch (IllegalArgumentException aName) {
            return null;
        }
    }
}
