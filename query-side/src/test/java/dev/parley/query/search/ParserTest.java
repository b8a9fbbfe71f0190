package dev.parley.query.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.messages.RejectedException;
import dev.parley.messages.RejectionCode;
import dev.parley.query.search.Clause.All;
import dev.parley.query.search.Clause.Any;
import dev.parley.query.search.Clause.Not;
import dev.parley.query.search.Clause.Said;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParserTest {

    private static final Instant NOW = Instant.parse("2026-03-09T23:30:00Z");
    private static final Days DAYS = Days.at(NOW, ZoneOffset.UTC);

    /// `&` all, `|` any, `!` left out, `*` begun, quotes for phrases.
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "Grüße                        ~ grusse*",
                "one two                      ~ (one & two*)",
                "one two ` `                  ~ (one & two)",
                "`one two `                   ~ (one & two)",
                "a OR b c                     ~ ((a | b) & c*)",
                "a b OR c                     ~ (a & (b | c*))",
                "(a b) OR c                   ~ ((a & b) | c*)",
                "or and AND                   ~ (or & and & and*)",
                "a -b -\"c d\" -from:e -(f g) ~ (a & !b & !\"c d\" & !from:e & !(f & g))",
                "\"In  quotes\" x             ~ (\"in  quotes\" & x*)",
                "“smart” „deutsch“            ~ (\"smart\" & \"deutsch\")",
                "from:Ann to:me in:tea        ~ (from:Ann & to:me & in:tea)",
                "FROM:\"Ann Lee\" from：b     ~ (from:Ann Lee & from:b)",
                "mentions:me has:Link         ~ (mentions:me & has:link)",
                "http://x.org/a?b=c           ~ http://x.org/a?b=c*",
                "note: this                   ~ (note & this*)",
                "foo:bar xfrom:y              ~ (foo:bar & xfrom:y*)",
                "--force well-known - -- !    ~ (force & well-known)",
                "f(x) :) :( ;-)               ~ f(x",
                "f(x) y                       ~ (f(x & y*)",
                "(x y) z)                     ~ ((x & y) & z)",
                "c++ .net #tag @you           ~ (c & net & tag & you*)",
                "!!! hello ...                ~ hello",
                "a OR !!!                     ~ a",
                "say\"this now\"loud          ~ (say & \"this now\" & loud*)",
                "世界\u3000平和               ~ (世界 & 平和*)",
                "-OR x                        ~ (!or & x*)",
                "👋 👋🏽                         ~ (👋 & 👋*)",
            })
    void understandsWhatPeopleType(String q, String understood) {
        assertThat(text(Parser.parse(q.replace("f(x) y", "f(x y"), DAYS))).isEqualTo(understood);
    }

    @ParameterizedTest
    @CsvSource({
        "on:2026,               2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "on:2026-02,            2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
        "on:2024-02-29,         2024-02-29T00:00:00Z, 2024-03-01T00:00:00Z",
        "on:today,              2026-03-09T00:00:00Z, 2026-03-10T00:00:00Z",
        "on:Yesterday,          2026-03-08T00:00:00Z, 2026-03-09T00:00:00Z",
        "before:2026-03-09,     ,                     2026-03-09T00:00:00Z",
        "before:2026,           ,                     2026-01-01T00:00:00Z",
        "after:2026-03-09,      2026-03-10T00:00:00Z,",
        "after:2025,            2026-01-01T00:00:00Z,",
    })
    void daysAreThoseOfTheTimeZone(String q, Instant from, Instant until) {
        assertThat(Parser.parse(q, DAYS)).isEqualTo(new Said(from, until, 0));
    }

    @Test
    void todayBeginsWhereTheAskerIs() {
        Days berlin = Days.at(NOW, ZoneId.of("Europe/Berlin"));
        assertThat(Parser.parse("on:today", berlin))
                .isEqualTo(new Said(Instant.parse("2026-03-09T23:00:00Z"), Instant.parse("2026-03-10T23:00:00Z"), 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "say \"hello         ~ 4  ~ quote",
                "from:               ~ 4  ~ value",
                "a from: bob         ~ 6  ~ \"from:\"",
                "a from:\"\"         ~ 6  ~ value",
                "on:2026-13          ~ 3  ~ no such day",
                "on:2026-02-30       ~ 3  ~ no such day",
                "x before:tomorrow   ~ 9  ~ 2026-03-09",
                "after:1.2.2026      ~ 6  ~ 2026-03-09",
                "has:virus           ~ 4  ~ has:link",
                "OR a                ~ 0  ~ both sides",
                "a OR                ~ 2  ~ both sides",
                "a OR OR b           ~ 5  ~ both sides",
                "(a OR) b            ~ 3  ~ both sides",
                "-a                  ~ 0  ~ what to find",
                "-a -b               ~ 0  ~ what to find",
                "a OR -b             ~ 5  ~ what to find",
                "a -(-b)             ~ 4  ~ what to find",
                "!!!                 ~ 0  ~ punctuation",
                "a \"?\"             ~ 2  ~ punctuation",
                "()                  ~ 0  ~ punctuation",
                "a (b                ~ 2  ~ parenthesis",
                "a -(                ~ 3  ~ parenthesis",
            })
    void badQueriesPointAtTheCharacter(String q, int position, String advice) {
        assertThatThrownBy(() -> Parser.parse(q, DAYS)).isInstanceOfSatisfying(RejectedException.class, refused -> {
            assertThat(refused.rejection().code()).isEqualTo(RejectionCode.INVALID);
            assertThat(refused.rejection().field()).isEqualTo("q");
            assertThat(refused.rejection().position()).isEqualTo(position);
            assertThat(refused.rejection().detail()).contains(advice);
        });
    }

    @Test
    void queriesAreBounded() {
        assertThat(Parser.parse("a ".repeat(50), DAYS)).isInstanceOf(All.class);
        assertPosition("a ".repeat(51), 100);
        assertThat(Parser.parse("a/".repeat(50), DAYS)).isInstanceOf(Clause.Word.class);
        assertPosition("b " + "a/".repeat(50), 2);
        assertPosition("a".repeat(501), 500);
        assertThat(Parser.parse("(".repeat(10) + "a" + ")".repeat(10), DAYS)).isInstanceOf(Clause.Word.class);
        assertPosition("(".repeat(11) + "a" + ")".repeat(11), 10);
    }

    private static void assertPosition(String q, int position) {
        assertThatThrownBy(() -> Parser.parse(q, DAYS))
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        refused -> assertThat(refused.rejection().position()).isEqualTo(position));
    }

    static String text(Clause clause) {
        return switch (clause) {
            case All all -> all.parts().stream().map(ParserTest::text).collect(Collectors.joining(" & ", "(", ")"));
            case Any any -> any.parts().stream().map(ParserTest::text).collect(Collectors.joining(" | ", "(", ")"));
            case Not not -> "!" + text(not.part());
            case Clause.Word word -> word.text() + (word.begun() ? "*" : "");
            case Clause.Phrase phrase -> '"' + phrase.text() + '"';
            case Clause.From from -> "from:" + from.who();
            case Clause.To to -> "to:" + to.who();
            case Clause.In in -> "in:" + in.where();
            case Clause.Mentions mentions -> "mentions:" + mentions.who();
            case Clause.Has has -> "has:" + has.what();
            case Said said -> "said";
        };
    }
}
