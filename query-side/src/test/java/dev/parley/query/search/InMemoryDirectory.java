package dev.parley.query.search;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A directory without a database. Names are the same without case, and no more than that.
///
/// @param asker who is `me`
/// @param people by user name, in lower case
/// @param conversations all there are
record InMemoryDirectory(AccountId asker, Map<String, AccountId> people, List<Talk> conversations)
        implements Directory {

    record Talk(ConversationId id, boolean direct, String title, Set<AccountId> members) {}

    /// One in which everybody of these names is whoever asks.
    static InMemoryDirectory of(AccountId asker, Collection<String> names) {
        Map<String, AccountId> people = new LinkedHashMap<>();
        names.forEach(name -> people.put(lower(name), asker));
        return new InMemoryDirectory(asker, people, List.of());
    }

    @Override
    public List<AccountId> people(String name) {
        String plain = lower(name.startsWith("@") ? name.substring(1) : name);
        return plain.equals("me")
                ? List.of(asker)
                : people.entrySet().stream()
                        .filter(person -> person.getKey().equals(plain)
                                || person.getValue().toString().equals(plain))
                        .map(Map.Entry::getValue)
                        .distinct()
                        .toList();
    }

    @Override
    public List<ConversationId> conversations(String name) {
        List<String> words = words(name);
        Stream<ConversationId> named = conversations.stream()
                .filter(talk ->
                        talk.id().toString().equals(name) || words(talk.title()).containsAll(words))
                .map(Talk::id);
        return Stream.concat(named, directs(people(name)).stream()).distinct().toList();
    }

    @Override
    public List<ConversationId> directs(Collection<AccountId> who) {
        return conversations.stream()
                .filter(Talk::direct)
                .filter(talk -> who.stream().anyMatch(talk.members()::contains))
                .map(Talk::id)
                .toList();
    }

    private static List<String> words(String text) {
        return Arrays.asList(lower(text).split(" "));
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
