package dev.parley.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.messages.AccountId;
import dev.parley.messages.ConversationId;
import dev.parley.messages.MessageId;
import dev.parley.messages.account.AccountEvent.AccountRegistered;
import dev.parley.messages.conversation.ConversationEvent;
import dev.parley.messages.conversation.ConversationEvent.ConversationStarted;
import dev.parley.messages.conversation.ConversationEvent.MessageSent;
import dev.parley.messages.conversation.ConversationKind;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.conversation.MemberRole;
import dev.parley.testing.Room;
import dev.parley.testing.Running;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.elasticsearch.core.ElasticsearchOperations;
import org.springframework.data.elasticsearch.core.document.Document;
import org.springframework.data.elasticsearch.core.mapping.IndexCoordinates;
import org.springframework.data.elasticsearch.core.query.UpdateQuery;

/// What ann finds. She is in two groups and talks to bob alone; bob talks to eve, too.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchLanguageIT extends Running {

    private final String mark = Long.toString(System.nanoTime(), 36);
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> labels = new HashMap<>();
    private AccountId ann = new AccountId(UUID.randomUUID());
    private AccountId bob = ann;

    @Autowired
    private Searches searches;

    @Autowired
    private ElasticsearchOperations elasticsearch;

    /// A conversation with its own facts and numbers.
    private final class Talk {
        private final ConversationId id = new ConversationId(UUID.randomUUID());
        private long seq;

        Talk(ConversationKind kind, String title, AccountId... members) {
            store(new ConversationStarted(
                    id,
                    kind,
                    kind == ConversationKind.DIRECT ? null : title,
                    members[0],
                    Arrays.stream(members)
                            .map(member -> new Member(member, MemberRole.MEMBER))
                            .toList(),
                    Room.now()));
        }

        void say(String label, AccountId sender, String at, String body, AccountId... mentions) {
            MessageId message = Room.newMessage();
            labels.put(message.toString(), label);
            store(new MessageSent(
                    id, message, sender, body, null, List.of(mentions), List.of(), Instant.parse(at + "Z")));
        }

        private void store(ConversationEvent fact) {
            store.publish(new GenericDomainEventMessage<>("Conversation", id.toString(), seq++, fact));
        }
    }

    @BeforeEach
    void talk() {
        if (!labels.isEmpty()) {
            return;
        }
        ann = register("ann", "Ann Lee " + mark, null);
        bob = register("bob", "Böb" + mark, null);
        AccountId eve = register("eve", "eve" + mark, null);
        AccountId jet = register("jet", "jet" + mark + "@ubuntu", "ubuntu");

        Talk tea = new Talk(ConversationKind.GROUP, "Tea & Cakes" + mark, ann, bob, eve);
        tea.say("t1", ann, "2026-01-01T10:00:00", "the kernel panics on qwen3.6 now");
        tea.say("t2", bob, "2026-01-31T23:30:00", "a panic: the kernel of truth");
        tea.say("t3", eve, "2026-02-01T00:30:00", "ünïcode café straße http://example.org/a?b=c", ann);
        tea.say("t4", jet, "2004-11-15T01:00:00", "some old karnel, well-known");
        Talk dev = new Talk(ConversationKind.GROUP, "会議 qwen3-dev" + mark, bob, ann);
        dev.say("d1", bob, "2026-02-03T00:00:00", "世界平和 and ソフトウェア and kernels");
        dev.say("d2", ann, "2026-02-04T00:00:00", "note: กรุงเทพ ok", bob);
        Talk direct = new Talk(ConversationKind.DIRECT, "", ann, bob);
        direct.say("p1", ann, "2026-03-01T00:00:00", "secret kernel");
        direct.say("p2", bob, "2026-03-02T00:00:00", "reply to kernel");
        Talk hidden = new Talk(ConversationKind.DIRECT, "", bob, eve);
        hidden.say("x1", bob, "2026-03-03T00:00:00", "kernel elsewhere", ann);
        names.put("tea", tea.id.toString());
        names.put("hidden", hidden.id.toString());
        names.put("bobId", bob.toString());
        names.put("mark", mark);
        ask(ann, "/api/v1/search?q=x");
        has("t3", tea.id, "link");
        has("p1", direct.id, "reaction");
    }

    private AccountId register(String label, String username, String archive) {
        AccountId account = new AccountId(UUID.randomUUID());
        names.put(label, username);
        store.publish(new GenericDomainEventMessage<>(
                "Account", account.toString(), 0, new AccountRegistered(account, username, "D", archive, Room.now())));
        return account;
    }

    private void has(String label, ConversationId conversation, String what) {
        String message = labels.entrySet().stream()
                .filter(entry -> entry.getValue().equals(label))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        elasticsearch.update(
                UpdateQuery.builder(conversation + ":" + message)
                        .withDocument(Document.from(Map.of("has", List.of(what))))
                        .withRefreshPolicy(org.springframework.data.elasticsearch.core.RefreshPolicy.IMMEDIATE)
                        .build(),
                IndexCoordinates.of("parley-messages"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "kernel x                          ~ ``",
                "kernel                            ~ t1 t2 t4 d1 p1 p2",
                "Kernel -panic                     ~ t1 t4 d1 p1 p2",
                "kernel -karnel -kernels           ~ t1 t2 p1 p2",
                "`\"the kernel\"`                  ~ t1 t2",
                "`\"the kernel\" -\"of truth\"`    ~ t1",
                "secret OR reply                   ~ p1 p2",
                "kernel secret OR truth            ~ t2 p1",
                "(kernel secret) OR cafe           ~ t3 p1",
                "kernel -(secret OR reply) now     ~ t1",
                "kern                              ~ t1 t2 d1 p1 p2",
                "kern of                           ~ ``",
                "krenel now                        ~ t1",
                "qwen now                          ~ t1",
                "3.6 now                           ~ t1",
                "qwen3.6 now                       ~ t1",
                "qwen3.5 now                       ~ ``",
                "UNICODE CAFÉ                      ~ t3",
                "ｃａｆｅ strasse                    ~ t3",
                "http://example.org/a?b=c          ~ t3",
                "example                           ~ t3",
                "org b                             ~ t3",
                "well-known old                    ~ t4",
                "known                             ~ t4",
                "wellknown old                     ~ t4",
                "ex-ample org                      ~ t3",
                "6 now                             ~ t1",
                "5 now                             ~ ``",
                "qwen3 now                         ~ t1",
                "qwen3.6/kernel now                ~ t1",
                "ウ and                            ~ d1",
                "世界平和ソフト and                ~ ``",
                "เทพ ok                            ~ d2",
                "`\"กรุงเทพ ok\"`                  ~ d2",
                "世界 kernels                      ~ d1",
                "平和 and                          ~ d1",
                "界平 and                          ~ d1",
                "界和 and                          ~ ``",
                "フトウ and                        ~ d1",
                "กรุงเทพ ok                        ~ d2",
                "note: ok                          ~ d2",
                "foo:bar                           ~ ``",
                "from:me                           ~ t1 d2 p1",
                "from:\"{ann}\"                    ~ t1 d2 p1",
                "from:bob{mark}                    ~ t2 d1 p2",
                "from:@BÖB{mark}                   ~ t2 d1 p2",
                "from:{bobId} kernel               ~ t2 d1 p2",
                "from:nobody{mark}                 ~ ``",
                "from:jet{mark}                    ~ t4",
                "from:jet{mark}@ubuntu             ~ t4",
                "from:jet{mark}@debian             ~ ``",
                "from:me OR from:{eve}             ~ t1 t3 d2 p1",
                "-from:me kernel                   ~ t2 t4 d1 p2",
                "in:{tea} kernel                   ~ t1 t2 t4",
                "in:cakes{mark} kernel             ~ t1 t2 t4",
                "in:\"tea cakes{mark}\"            ~ t1 t2 t3 t4",
                "in:会 and                         ~ d1",
                "in:dev{mark}                      ~ d1 d2",
                "in:{bob} kernel                   ~ p1 p2",
                "in:{hidden} kernel                ~ ``",
                "in:nowhere{mark}                  ~ ``",
                "to:me                             ~ t3 p2",
                "to:{bob}                          ~ d2 p1",
                "mentions:me                       ~ t3",
                "mentions:{bob}                    ~ d2",
                "before:2005                       ~ t4",
                "on:2026-01 kernel                 ~ t1 t2",
                "on:2026-02-01                     ~ t3",
                "after:2026-01 before:2026-03      ~ t3 d1 d2",
                "after:2026-01-31 on:2026-02       ~ t3 d1 d2",
                "has:link                          ~ t3",
                "has:reaction kernel               ~ p1",
                "has:attachment                    ~ ``",
            })
    void findsWhatIsMeant(String q, String found) {
        assertThat(found(ask(ann, "/api/v1/search?q={q}&limit=200", filled(q)))).isEqualTo(found);
    }

    @Test
    void daysAreThoseOfTheTimeZone() {
        assertThat(found(ask(ann, "/api/v1/search?q=on:2026-02-01&tz=Europe/Berlin")))
                .isEqualTo("t2 t3");
        assertThat(found(ask(ann, "/api/v1/search?q=on:2026-01-31&tz=-05:00"))).isEqualTo("t2 t3");
    }

    @Test
    void whoAsksForAllFindsPlacesOfOthers() {
        Searches.Asker all = new Searches.Asker(ann, Searches.Reach.ALL, ZoneOffset.UTC);
        Searches.Asker own = new Searches.Asker(ann, Searches.Reach.OWN, ZoneOffset.UTC);
        assertThat(searches.compile(filled("in:{eve}"), all).query().toString()).contains(names.get("hidden"));
        assertThat(searches.compile(filled("in:{eve}"), own).query().toString()).doesNotContain(names.get("hidden"));
        assertThat(searches.compile(filled("to:{eve}"), all).query().toString()).contains(names.get("hidden"));
        assertThat(searches.compile("from:me", all).words()).isFalse();
        assertThat(searches.compile("from:me x", all).words()).isTrue();
    }

    private String filled(String q) {
        String filled = q;
        for (Map.Entry<String, String> name : names.entrySet()) {
            filled = filled.replace("{" + name.getKey() + "}", name.getValue());
        }
        return filled;
    }

    private String found(Answer answer) {
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        List<String> order = List.of("t1", "t2", "t3", "t4", "d1", "d2", "p1", "p2", "x1");
        return StreamSupport.stream(answer.at("/hits").spliterator(), false)
                .map(hit -> labels.getOrDefault(hit.at("/id").asString(), "?"))
                .sorted(java.util.Comparator.comparingInt(order::indexOf))
                .collect(Collectors.joining(" "));
    }
}
