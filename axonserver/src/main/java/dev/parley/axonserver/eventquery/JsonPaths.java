package dev.parley.axonserver.eventquery;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.EvaluationListener;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JsonProvider;
import com.jayway.jsonpath.spi.json.JsonSmartJsonProvider;
import com.jayway.jsonpath.spi.mapper.JsonSmartMappingProvider;
import dev.parley.axonserver.eventquery.language.Expression;
import dev.parley.axonserver.eventquery.language.QueryException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `jsonpath`: looks up values in JSON, with the library of Jayway. What is no JSON, or does not have the path, gives
/// nothing.
///
/// A path cannot be stopped while it is looked up, so that those whose cost grows with a power of the document's size
/// are refused: with more than two deep scans, with many alternatives, with nested filters or with regular expressions.
final class JsonPaths {

    private static final int MAX_SCANS = 2;
    private static final int MAX_FILTERS = 2;
    private static final int MAX_COMMAS = 10;
    private static final int MAX_RESULTS = 10_000;

    private static final JsonProvider JSON = new JsonSmartJsonProvider();

    private static final Configuration READING = Configuration.builder()
            .jsonProvider(JSON)
            .mappingProvider(new JsonSmartMappingProvider())
            .options(Option.SUPPRESS_EXCEPTIONS)
            .evaluationListener(found -> found.index() < MAX_RESULTS
                    ? EvaluationListener.EvaluationContinuation.CONTINUE
                    : EvaluationListener.EvaluationContinuation.ABORT)
            .build();

    private JsonPaths() {}

    static Eval compile(Eval document, String text, Expression where) {
        refuseCostly(text, where.position());
        JsonPath path;
        try {
            path = JsonPath.compile(text);
        } catch (InvalidPathException | IllegalArgumentException e) {
            throw new QueryException(where.position(), "this is no JSON path: " + e.getMessage());
        } catch (StackOverflowError e) {
            throw new QueryException(where.position(), "this JSON path is nested too deep");
        }
        return row -> {
            Value json = document.of(row);
            return json instanceof Value.Nothing ? json : read(path, json.text());
        };
    }

    private static Value read(JsonPath path, String json) {
        try {
            return value(path.read(JSON.parse(json), READING));
        } catch (JsonPathException | IllegalArgumentException | ClassCastException e) {
            return Value.NOTHING;
        }
    }

    private static Value value(@Nullable Object found) {
        return switch (found) {
            case null -> Value.NOTHING;
            case String text -> new Value.Text(text);
            case Boolean truth -> Value.of(truth);
            case Number number -> number(number);
            case Map<?, ?> object -> new Value.Text(JSON.toJson(object));
            case List<?> list -> {
                List<Value> items = new ArrayList<>(list.size());
                list.forEach(item -> items.add(value(item)));
                yield new Value.Items(items);
            }
            default -> new Value.Text(Objects.toString(found));
        };
    }

    /// JSON does not tell 10 from 10.0, so that all its numbers are of one kind: with decimal places. Whole ones are
    /// exact.
    private static Value number(Number number) {
        return number instanceof Integer || number instanceof Long
                ? new Value.Numeric(BigDecimal.valueOf(number.longValue()).setScale(1))
                : EventFields.number(number.doubleValue());
    }

    private static void refuseCostly(String path, int position) {
        int filters = count(path, "?");
        if (count(path, "..") > MAX_SCANS || filters > MAX_FILTERS || count(path, ",") > MAX_COMMAS) {
            throw new QueryException(
                    position,
                    "a JSON path may have " + MAX_SCANS + " \"..\", " + MAX_FILTERS + " filters and " + MAX_COMMAS
                            + " commas");
        }
        if (path.contains("=~")) {
            throw new QueryException(position, "regular expressions in JSON paths are not offered; use match");
        }
    }

    private static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }
}
