package dev.parley.axonserver.eventquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parley.axonserver.eventquery.language.QueryException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryLanguageTest {

    private final Lab lab = Lab.withOrders();

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "token > 2 ~ 34",
                "token >= 2 and token <= 3 ~ 23",
                "token < 1 or token = 4 ~ 04",
                "token != 1 ~ 0234",
                "token <> 1 ~ 0234",
                "not token = 1 ~ 0234",
                "not (token = 1) and token < 3 ~ 02",
                "NOT aggregateIdentifier contains \"o\" ~ 3",
                ">(*(+(token, 10), 10), 125) ~ 34",
                "token = 1 or token = 2 and token = 3 ~ 1",
                "(token = 1 or token = 3) and token = 3 ~ 3",
                "and(token > 1, token < 3) ~ 2",
                "aggregateIdentifier = \"o2\" ~ 24",
                "aggregateIdentifier in [\"o2\", \"c1\"] ~ 234",
                "payloadType in \"Placed\" ~ 02",
                "contains(payloadType, \"ed\") ~ 01234",
                "payloadData contains \"\\\"carrier\\\"\" ~ 1",
                "payloadType match \"P.*|N.*\" ~ 023",
                "payloadType match \"P\" ~ ``",
                "metaData.user = \"u1\" ~ 13",
                "metaData(\"trace-id\") > 2 ~ 34",
                "metaData.nobody = 1 ~ ``",
                "metaData.nobody != 1 ~ 01234",
                "metaData.nobody < 1 or metaData.nobody >= 1 ~ ``",
                "token = \"3\" ~ 3",
                "timestamp > \"2026-03-01T10\" ~ 234",
                "timestamp >= 1772359200000 ~ 234",
                "aggregateIdentifier > \"o1\" ~ 24",
                "token % 2 = 0 ~ 024",
                "token - 1 = 1 ~ 2",
                "-token = -2 ~ 2",
                "token = 2 * (3 - 2) ~ 2",
                "left(aggregateIdentifier, 1) = \"c\" ~ 3",
                "aggregateIdentifier right 1 = \"1\" ~ 013",
                "length(payloadType) < 6 ~ 3",
                "token > 1 | token < 3 ~ 2",
                "limit(2) ~ 34",
                "limit(2) | token = 3 ~ 3",
                "token < 3 | limit(2) ~ 12",
                "sortby(aggregateIdentifier, -token) ~ 31042",
                "sortby(payloadType) | limit(2) ~ 21",
                "last hour ~ 34",
                "last 2.5 hrs | token < 4 ~ 23",
                "last 90 min ~ 34",
                "last 1 mo ~ 01234",
                "last 3 hours | last 1 hour ~ 34",
                "jsonpath(payloadData, \"$.amount\") > 20 ~ 2",
                "jsonpath(payloadData, \"$.items[*].sku\") contains \"b\" ~ 0",
                "xpath(payloadData, \"//first\") = \"Ada\" ~ 3",
                "xpath(payloadData, \"count(//*)\", \"NUMBER\") = 3 ~ 3",
                "hour(timestamp) = \"10\" ~ 2"
            })
    void filters(String query, String tokens) {
        assertThat(lab.tokens(query)).isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "select(1 + 2 * 3 as a) ~ 7",
                "select(7 / 2 as a) ~ 4",
                "select(7.0 / 2 as a) ~ 3.5",
                "select(1e3 + 0.5 as a) ~ 1000.5",
                "select(\"a\" + 1 as a) ~ a1",
                "select(upper(payloadType)) ~ PLACED",
                "select(lower(payloadType)) ~ placed",
                "select(length(payloadType)) ~ 6",
                "select(left(payloadType, 2) as l, right(payloadType, 2)) ~ Pl,ed",
                "select(left(payloadType, 99) as l) ~ Placed",
                "select(substring(payloadType, 2)) ~ aced",
                "select(substring(payloadType, 2, 4)) ~ ac",
                "select(substring(payloadType, 9) as s) ~ ``",
                "select(concat([aggregateType, payloadType, 5], \"/\")) ~ Order/Placed/5",
                "select(formatDate(timestamp, \"yyyy/MM/dd HH:mm\")) ~ 2026/03/01 08:00",
                "select(formatDate(timestamp)) ~ 2026-03-01 08:00:00",
                "select(formatDate(timestamp, \"HH\", \"Europe/Berlin\")) ~ 09",
                "formatDate(timestamp, \"E\") ~ Sun",
                "select(minute(timestamp), hour(timestamp), day(timestamp), week(timestamp), month(timestamp),"
                        + " year(timestamp)) ~ 00,08,01,9,03,2026",
                "select(timestamp, metaData) ~ `2026-03-01T08:00:00Z,{trace-id=0, user=u0}`",
                "select(metaData(\"trace-id\")) ~ 0",
                "select(jsonpath(payloadData, \"$.items[*].sku\") as skus) ~ `[a, b]`",
                "select(jsonpath(payloadData, \"$.items[0]\")) ~ {\"sku\":\"a\"}",
                "select(jsonpath(payloadData, \"$.missing\") as m) ~ ``",
                "select(jsonpath(payloadData, \"$.items.length()\") as m) ~ 2.0",
                "select(xpath(payloadData, \"//x\") as m) ~ ``",
                "select(jsonpath(payloadData, \"$.amount\") as a) ~ 10.0",
                "select(token > 5 as late, token) ~ false,0",
                "select(token as t) | select(t + 1 as u) | select(u * 2 as v) ~ 2"
            })
    void projectionsOfTheFirstEvent(String query, String row) {
        assertThat(lab.rows("token = 0 | " + query)).containsExactly(row);
    }

    @Test
    void groupsAggregate() {
        assertThat(lab.rows("groupby(aggregateType, count() as n, min(token) as low, max(timestamp) as high)"))
                .containsExactly("Customer,1,3,2026-03-01T11:00:00Z", "Order,4,0,2026-03-01T12:00:00Z");
        assertThat(lab.rows("groupby([aggregateType, payloadType], count())"))
                .containsExactlyInAnyOrder(
                        "Order,Placed,2", "Order,Shipped,1", "Customer,Named,1", "Order,Cancelled,1");
        assertThat(lab.rows("groupby(aggregateType, payloadType, max(token) - min(token) as spread)"))
                .containsExactly("Customer,Named,0", "Order,Cancelled,4");
        assertThat(lab.rows("groupby(aggregateType, avg(jsonpath(payloadData, \"$.amount\")) as mean) | mean > 0"))
                .containsExactly("Order,21.25");
    }

    @Test
    void groupsCanBeFilteredSortedLimitedAndCounted() {
        String groups = "groupby(payloadType, count() as n) | ";
        assertThat(lab.rows(groups + "n > 1")).containsExactly("Placed,2");
        assertThat(lab.rows(groups + "sortby(-n, payloadType)"))
                .containsExactly("Placed,2", "Cancelled,1", "Named,1", "Shipped,1");
        assertThat(lab.rows(groups + "sortby(n) | limit(1)")).containsExactly("Placed,2");
        assertThat(lab.rows(groups + "count()")).containsExactly("4");
        assertThat(lab.rows(groups + "groupby(n, count() as types)")).containsExactly("2,1", "1,3");
    }

    @Test
    void wholeStreamAggregates() {
        assertThat(lab.rows("count()")).containsExactly("5");
        assertThat(lab.rows("count(aggregateSequenceNumber = 1) as ones")).containsExactly("2");
        assertThat(lab.rows("count(metaData.nobody)")).containsExactly("0");
        assertThat(lab.rows("min(timestamp) as \"first\"")).containsExactly("2026-03-01T08:00:00Z");
        assertThat(lab.rows("avg(token)")).containsExactly("2");
        assertThat(lab.rows("select(token, count() as n) | token > 2")).containsExactly("3,4", "4,5");
        assertThat(lab.plan("min(timestamp) as \"first\"").columns()).containsExactly("first");
    }

    @Test
    void columnsAreNamedAsInAxonServer() {
        assertThat(lab.plan("").columns()).isEqualTo(EventFields.COLUMNS);
        assertThat(lab.plan("select(payloadType, hour(timestamp), token + 1, metaData(\"a\"), metaData.b, 5)")
                        .columns())
                .containsExactly("payloadType", "hour", "plus", "metaData.a", "metaData.b", "value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "token > ~ 8 ~ ends where a value",
                "token > 1 ) ~ 11 ~ must be an operator",
                "(token > 1 ~ 11 ~ \")\"",
                "token # 1 ~ 7 ~ means nothing",
                "token = 'a' ~ 9 ~ double quotes",
                "payloadType = \"a ~ 15 ~ closing quote",
                "tokn > 1 ~ 1 ~ no column \"tokn\"",
                "select(token) | timestamp > 1 ~ 17 ~ there are token",
                "token > 1 | frobnicate(token) ~ 13 ~ no function",
                "token frobnicate 1 > 2 ~ 7 ~ no function",
                "left(token) = 1 ~ 1 ~ takes 2 arguments",
                "token ~ 1 ~ neither a filter",
                "token > 1 | \"x\" ~ 13 ~ neither a filter",
                "count() > 2 ~ 1 ~ must be in groupby",
                "groupby(count(), token) ~ 9 ~ must be in groupby",
                "groupby(token, max(count())) ~ 20 ~ must be in groupby",
                "select(limit(1)) ~ 8 ~ must be between",
                "groupby(token, count(), count(token)) ~ 25 ~ another column",
                "limit(0) ~ 7 ~ from 1 to",
                "limit(1000000) ~ 7 ~ from 1 to",
                "limit(token) ~ 7 ~ from 1 to",
                "last 5 parsecs ~ 8 ~ a unit",
                "last -5 days ~ 1 ~ negative",
                "last 0.5 years ~ 6 ~ whole",
                "token > 1e999 ~ 9 ~ too large",
                "payloadType match \"(\" ~ 19 ~ no regular expression",
                "payloadType match aggregateType ~ 19 ~ a text in quotes",
                "formatDate(timestamp, \"bogus\") ~ 1 ~ pattern",
                "hour(timestamp, \"Mars\") ~ 1 ~ time zone",
                "jsonpath(payloadData, \"$[\") = 1 ~ 23 ~ no JSON path",
                "jsonpath(payloadData, \"$..a..b..c\") = 1 ~ 23 ~ may have",
                "xpath(payloadData, \"//a[\") = 1 ~ 20 ~ no XPath",
                "xpath(payloadData, \"//a//b//c\") = 1 ~ 20 ~ may have",
                "xpath(payloadData, \"/a[b[c]]\") = 1 ~ 20 ~ not nested",
                "token > 1 as ~ 13 ~ a name must follow",
                "payloadType * 2 > 1 ~ 13 ~ needs numbers",
                "token / 0 > 1 ~ 7 ~ divides by zero",
                "formatDate(payloadType) ~ 1 ~ needs a timestamp",
                "select(concat(payloadType, \"\")) ~ 8 ~ needs a list"
            })
    void refusalsSayWhatAndWhere(String query, int character, String why) {
        assertThat(refusal(query))
                .startsWith("At character " + character + " of")
                .contains(why);
    }

    @Test
    void hostileQueriesAreBounded() {
        assertThat(refusal("(".repeat(10_000) + "token" + ")".repeat(10_000))).contains("nested");
        assertThat(refusal("token = " + "- ".repeat(2_000) + "1")).contains("nested");
        assertThat(refusal("token = 1" + " + 1".repeat(1_000))).contains("nested");
        assertThat(refusal("not ".repeat(1_000) + "token = 1")).contains("nested");
        assertThat(refusal("select(payloadData as a)" + " | select(a + a as a)".repeat(60)))
                .contains("more than");
        assertThat(refusal("token" + " * 1e300".repeat(3) + " > 1")).contains("too large");
        assertThat(refusal("payloadData match \"" + "(".repeat(3_000) + ")".repeat(3_000) + "\""))
                .contains("regular expression");
        assertThat(refusal("jsonpath(payloadData, \"$[?(@.a =~ /(a+)+/)]\") = 1"))
                .contains("use match");
        assertThat(lab.tokens("token = 0" + " or token = 1".repeat(1_000))).isEqualTo("01");
    }

    @Test
    void catastrophicPatternsAreStopped() {
        lab.add("Evil", "e", 0, "Evil", "a".repeat(60) + "!");
        assertThat(refusal("payloadData match \"(.*a){12}b\"")).contains("takes too long");
        lab.add("Evil", "e", 1, "Evil", "ab".repeat(500_000));
        assertThat(refusal("token = 6 | payloadData match \"(a|b)*\"")).contains("too much memory");
    }

    @Test
    void documentsCannotReachOutside() {
        lab.add("Evil", "e", 0, "Evil", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>");
        assertThat(lab.tokens("length(xpath(payloadData, \"//a\")) >= 0")).doesNotContain("5");
    }

    @Test
    void keptRowsAreBounded() {
        Lab small = new Lab(Map.of("rows", 3, "rowBytes", "2KB"));
        for (int i = 0; i < 4; i++) {
            small.add("T", "a" + i, 0, "P", "x".repeat(700));
        }
        assertThat(small.rows("groupby(token % 3, count())")).hasSize(3);
        assertThat(catchThrowable(() -> small.rows("groupby(token, count())")))
                .hasMessageContaining("more than 3 groups");
        assertThat(catchThrowable(() -> small.rows("sortby(token)"))).hasMessageContaining("more than 2048 bytes");
    }

    @Test
    void indexesAreUsedForTokensTimesAndAggregates() {
        assertThat(lab.plan("token > 2.5 and token <= 7 | token != 5").range())
                .isEqualTo(new EventRange(3, 8, Long.MIN_VALUE, null));
        assertThat(lab.plan("aggregateIdentifier = \"x\" | last minute").range())
                .isEqualTo(new EventRange(0, Long.MAX_VALUE, Lab.NOW.toEpochMilli() - 60_000, "x"));
        assertThat(lab.plan("select(aggregateSequenceNumber as token) | token > 2")
                        .range())
                .isEqualTo(EventRange.EVERYTHING);
        assertThat(lab.plan("token > 2 or token = 1").range()).isEqualTo(EventRange.EVERYTHING);
        assertThat(lab.plan("limit(3) | token > 2").range()).isEqualTo(EventRange.EVERYTHING);
    }

    @Test
    void onlyQueriesForTheNewestEventsAreReadBackwards() {
        assertThat(List.of("", "token > 1 | select(token) | limit(5)", "limit(3) | token > 1"))
                .allMatch(query -> lab.plan(query).newestFirst());
        assertThat(List.of("count()", "sortby(token) | limit(2)", "limit(3) | count()", "select(count())"))
                .noneMatch(query -> lab.plan(query).newestFirst());
    }

    private String refusal(String query) {
        try {
            return "not refused: " + lab.rows(query);
        } catch (QueryException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
