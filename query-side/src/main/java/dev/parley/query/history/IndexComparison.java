package dev.parley.query.history;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.parley.query.rebuild.GenerationIndex;
import dev.parley.query.rebuild.Verification;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessResourceFailureException;

/// Compares the documents of an index with what the log lets expect, reading each document once: some pages of
/// expectations at a time, as many as have about 2,000 messages, or fewer where their bodies are too long for one
/// answer.
final class IndexComparison {

    private static final int MESSAGES = 2_000;
    private static final int PAGES = 256;
    /// More than a request's pages can hold, up to Elasticsearch's `index.max_result_window`.
    private static final int MOST = 10_000;

    private static final List<String> FIELDS = List.of(
            "conversation",
            "message",
            "sender",
            "at",
            "seq",
            "position",
            "imported",
            "body",
            "mentions",
            "changed",
            "version",
            "deleted");

    private final ElasticsearchClient client;
    private final String index;
    private final ExpectedMessages expected;

    IndexComparison(ElasticsearchClient client, String index, ExpectedMessages expected) {
        this.client = client;
        this.index = index;
        this.expected = expected;
    }

    /// All documents.
    Verification all() {
        Set<String> differing = new LinkedHashSet<>();
        ExpectedPage.Key last = ExpectedPage.Key.FIRST;
        long checked = 0;
        UUID before = null;
        while (true) {
            Map<ExpectedPage.Key, ExpectedPage> pages = some(expected.after(last, PAGES));
            if (pages.isEmpty()) {
                return counted(checked, differing);
            }
            compare(pages, differing);
            for (ExpectedPage.Key key : pages.keySet()) {
                checked += key.conversation().equals(before) ? 0 : 1;
                before = key.conversation();
                last = key;
            }
        }
    }

    /// Those of these pages, and how many there are in all.
    Verification of(Collection<ExpectedPage.Key> keys) {
        Set<String> differing = new LinkedHashSet<>();
        List<ExpectedPage.Key> all = List.copyOf(keys);
        int step = MESSAGES / ExpectedPage.SLOTS;
        for (int from = 0; from < all.size(); from += step) {
            compare(expected.find(all.subList(from, Math.min(all.size(), from + step))), differing);
        }
        long conversations =
                all.stream().map(ExpectedPage.Key::conversation).distinct().count();
        return counted(conversations, differing);
    }

    private Verification counted(long checked, Set<String> differing) {
        long documents = GenerationIndex.call(() -> client.count(count -> count.index(index)))
                .count();
        long messages = expected.count();
        if (documents != messages) {
            differing.add(documents + " documents for " + messages + " messages");
        }
        return new Verification(
                checked, differing.stream().limit(Verification.SHOWN).toList());
    }

    private static Map<ExpectedPage.Key, ExpectedPage> some(Map<ExpectedPage.Key, ExpectedPage> pages) {
        Map<ExpectedPage.Key, ExpectedPage> some = new LinkedHashMap<>();
        int messages = 0;
        for (Map.Entry<ExpectedPage.Key, ExpectedPage> page : pages.entrySet()) {
            messages += page.getValue().messages();
            if (messages > MESSAGES && !some.isEmpty()) {
                break;
            }
            some.put(page.getKey(), page.getValue());
        }
        return some;
    }

    private void compare(Map<ExpectedPage.Key, ExpectedPage> pages, Set<String> differing) {
        if (pages.isEmpty()) {
            return;
        }
        Set<String> met = new HashSet<>();
        for (Hit<Map<String, Object>> hit : documents(List.copyOf(pages.keySet()))) {
            Map<String, Object> document = hit.source();
            if (document == null || !isExpected(document, pages, met)) {
                differing.add(conversation(hit));
            }
        }
        pages.forEach((key, page) -> {
            for (long seq = key.number() * ExpectedPage.SLOTS; seq < (key.number() + 1) * ExpectedPage.SLOTS; seq++) {
                if (page.stays(seq) != 0 && !met.contains(key.conversation() + " " + seq)) {
                    differing.add(key.conversation().toString());
                }
            }
        });
    }

    private static String conversation(Hit<?> hit) {
        String id = hit.id();
        return id == null ? "?" : id.substring(0, Math.max(0, id.indexOf(':')));
    }

    /// Whether it is what its place is to hold, and the first one there.
    private static boolean isExpected(
            Map<String, Object> document, Map<ExpectedPage.Key, ExpectedPage> pages, Set<String> met) {
        long seq = number(document, "seq");
        String conversation = text(document, "conversation");
        ExpectedPage page = pages.get(new ExpectedPage.Key(UUID.fromString(conversation), seq / ExpectedPage.SLOTS));
        boolean deleted = Boolean.TRUE.equals(document.get("deleted"));
        // Nothing changes what was deleted; of others the version counts reactions too.
        String wordedAt = deleted ? "version" : "changed";
        List<String> mentions = document.get("mentions") instanceof Collection<?> several
                ? several.stream().map(Object::toString).toList()
                : document.get("mentions") == null ? List.of() : List.of(text(document, "mentions"));
        Object body = document.get("body");
        return page != null
                && deleted == (body == null)
                && page.stays(seq)
                        == MessageHash.identity(
                                conversation,
                                text(document, "message"),
                                text(document, "sender"),
                                number(document, "at"),
                                seq,
                                number(document, "position"),
                                Boolean.TRUE.equals(document.get("imported")))
                && page.changes(seq)
                        == MessageHash.content(
                                body == null ? null : body.toString(),
                                mentions,
                                document.get(wordedAt) == null ? null : number(document, wordedAt))
                && met.add(conversation + " " + seq);
    }

    private List<Hit<Map<String, Object>>> documents(List<ExpectedPage.Key> keys) {
        try {
            return find(keys);
        } catch (DataAccessResourceFailureException failed) {
            if (keys.size() == 1 || !GenerationIndex.isTooLong(failed)) {
                throw failed;
            }
            int half = keys.size() / 2;
            return Stream.concat(
                            documents(keys.subList(0, half)).stream(),
                            documents(keys.subList(half, keys.size())).stream())
                    .toList();
        }
    }

    private List<Hit<Map<String, Object>>> find(List<ExpectedPage.Key> keys) {
        List<Query> places = keys.stream().map(IndexComparison::place).toList();
        @SuppressWarnings("unchecked")
        Class<Map<String, Object>> type = (Class<Map<String, Object>>) (Class<?>) Map.class;
        return GenerationIndex.call(() -> client.search(
                        search -> search.index(index)
                                .size(MOST)
                                .trackTotalHits(total -> total.enabled(false))
                                .sort(sort -> sort.doc(order -> order))
                                .source(source -> source.filter(fields -> fields.includes(FIELDS)))
                                .query(query -> query.bool(
                                        bool -> bool.filter(filter -> filter.bool(any -> any.should(places))))),
                        type))
                .hits()
                .hits();
    }

    private static Query place(ExpectedPage.Key key) {
        return Query.of(query -> query.bool(both -> both.filter(of -> of.term(term ->
                        term.field("conversation").value(key.conversation().toString())))
                .filter(at -> at.range(range -> range.number(seq -> seq.field("seq")
                        .gte((double) (key.number() * ExpectedPage.SLOTS))
                        .lt((double) ((key.number() + 1) * ExpectedPage.SLOTS)))))));
    }

    private static String text(Map<String, Object> document, String field) {
        return String.valueOf(document.get(field));
    }

    private static long number(Map<String, Object> document, String field) {
        return document.get(field) instanceof Number number ? number.longValue() : -1;
    }
}
