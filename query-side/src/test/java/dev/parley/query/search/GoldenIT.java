package dev.parley.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.Fact;
import dev.parley.messages.MessageId;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MessageImported;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What searches find in real chat and in thirteen languages: `src/test/resources/golden`, whose files say how they are
/// to be read.
class GoldenIT extends Running {

    private static final int BATCH = 400;

    private final Map<String, String> labels = new HashMap<>();
    private final Map<String, AccountId> nicks = new HashMap<>();
    private final List<DomainEventMessage<?>> facts = new ArrayList<>();
    private final ConversationId conversation = new ConversationId(UUID.randomUUID());
    private final AccountId alice = new AccountId(UUID.randomUUID());
    private long seq;

    @Test
    void realChatIsFound() {
        start("Golden ubuntu");
        int line = 0;
        for (String said : lines("ubuntu.tsv")) {
            String[] columns = said.split("\t", 3);
            line++;
            say(Integer.toString(line), nick(columns[1]), columns[2], Instant.parse(columns[0]));
        }
        flush();
        List<String[]> queries = lines("ubuntu-queries.tsv").stream()
                .map(query -> query.split("\t", -1))
                .toList();
        assertThat(queries).hasSizeGreaterThanOrEqualTo(40);
        assertThat(wrong(queries)).isEmpty();
    }

    @Test
    void languagesAreFound() {
        start("Golden languages");
        List<String[]> queries = new ArrayList<>();
        Map<String, Integer> asked = new HashMap<>();
        String language = "";
        for (String line : lines("languages.tsv")) {
            String[] columns = line.split("\t", -1);
            if (line.startsWith("## ")) {
                language = line;
            } else if (columns[0].equals("?")) {
                queries.add(Arrays.copyOfRange(columns, 1, 3));
                asked.merge(language, 1, Integer::sum);
            } else {
                say(columns[0], alice, columns[1], Room.now());
            }
        }
        flush();
        assertThat(asked)
                .hasSizeGreaterThanOrEqualTo(13)
                .allSatisfy((name, times) -> assertThat(times).as(name).isGreaterThanOrEqualTo(6));
        assertThat(wrong(queries)).isEmpty();
    }

    /// The queries that do not find what they must, with what they find.
    private List<String> wrong(List<String[]> queries) {
        awaitProjections();
        String position = String.valueOf(store.createHeadToken().position().orElseThrow());
        List<String> wrong = new ArrayList<>();
        for (String[] query : queries) {
            Set<String> found = found(position, query[0]);
            String fault = fault(found, query[1].strip());
            if (fault != null) {
                wrong.add(query[0] + " finds " + found + ", but " + fault);
            }
        }
        return wrong;
    }

    private static @Nullable String fault(Set<String> found, String expected) {
        boolean exactly = expected.startsWith("=");
        Set<String> must = Arrays.stream(expected.replace("=", "").strip().split(" +"))
                .filter(label -> !label.isEmpty() && !label.startsWith("-"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> mustNot = Arrays.stream(expected.split(" +"))
                .filter(label -> label.startsWith("-") && found.contains(label.substring(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!mustNot.isEmpty()) {
            return "not " + mustNot;
        }
        return found.containsAll(must) && (!exactly || found.size() == must.size()) ? null : "expected " + expected;
    }

    private Set<String> found(String position, String query) {
        Set<String> found = new TreeSet<>();
        String cursor = null;
        do {
            Answer page = cursor == null
                    ? askAfter(alice, position, "/api/v1/search?limit=200&conversation={c}&q={q}", conversation, query)
                    : askAfter(
                            alice,
                            position,
                            "/api/v1/search?limit=200&conversation={c}&q={q}&cursor={n}",
                            conversation,
                            query,
                            cursor);
            if (page.status() != 200) {
                return Set.of(page.json().toString());
            }
            for (JsonNode hit : page.at("/hits")) {
                found.add(labels.get(hit.at("/id").asString()));
            }
            cursor = page.json().has("next") ? page.at("/next").asString() : null;
        } while (cursor != null);
        return found;
    }

    private void start(String title) {
        Member owner = new Member(alice, MemberRole.OWNER);
        add(
                conversation.toString(),
                seq++,
                new ConversationStarted(
                        conversation, ConversationKind.GROUP, title, alice, List.of(owner), Room.now()));
    }

    private void say(String label, AccountId sender, String body, Instant at) {
        MessageId message = Room.newMessage();
        labels.put(message.toString(), label);
        add(conversation.toString(), seq, new MessageImported(conversation, message, sender, body, "golden", seq, at));
        seq++;
    }

    private AccountId nick(String name) {
        return nicks.computeIfAbsent(name, unknown -> {
            AccountId account = new AccountId(UUID.randomUUID());
            add(account.toString(), 0, new AccountRegistered(account, name + "@golden", name, "golden", Room.now()));
            return account;
        });
    }

    private void add(String stream, long number, Fact fact) {
        facts.add(new GenericDomainEventMessage<>("Golden", stream, number, fact));
    }

    private void flush() {
        for (int from = 0; from < facts.size(); from += BATCH) {
            store.publish(facts.subList(from, Math.min(facts.size(), from + BATCH)));
        }
    }

    private static List<String> lines(String file) {
        try (InputStream golden = GoldenIT.class.getResourceAsStream("/golden/" + file)) {
            assertThat(golden).as(file).isNotNull();
            return new String(golden.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("# "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
