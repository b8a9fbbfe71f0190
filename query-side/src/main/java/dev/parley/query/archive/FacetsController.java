package dev.parley.query.archive;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.archive.ArchiveUse;
import dev.parley.query.archive.Labels.Conversation;
import dev.parley.query.archive.Labels.Person;
import dev.parley.query.progress.ProjectionProgress;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What the messages that are found can be told apart by, with how many there are. What is chosen of a
/// facet narrows the others, and not itself: its values show what choosing them as well would add.
@RestController
class FacetsController {

    private static final String COUNTED = "counted";
    private static final String TOTAL = "total";

    private final Looks looks;
    private final ArchiveReads reads;
    private final Labels labels;

    FacetsController(Looks looks, ArchiveReads reads, Labels labels) {
        this.looks = looks;
        this.reads = reads;
        this.labels = labels;
    }

    /// @param total messages found, with all that is chosen
    record Facets(
            long total,
            Values<PersonCount> people,
            Values<ConversationCount> conversations,
            Values<ValueCount> scripts,
            Values<ValueCount> attachments) {}

    /// @param others messages of values that are not listed; one with several values counts for each
    record Values<V>(List<V> values, long others) {}

    /// @param username absent while the account is not projected yet, as is `name`
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PersonCount(
            String account,
            @Nullable String username,
            @Nullable String name,
            long count) {}

    /// @param title absent where it has none
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ConversationCount(String conversation, @Nullable String title, long count) {}

    record ValueCount(String value, long count) {}

    @GetMapping("/api/v1/archive/facets")
    Facets facets(
            HttpServletRequest request,
            ArchiveParameters parameters,
            @RequestParam(required = false) @Nullable String limit,
            @RequestHeader(name = ProjectionProgress.HEADER, required = false) @Nullable String after) {
        int size = Top.limit(limit);
        Look look = looks.begin(request, ArchiveUse.FACETS, parameters);
        reads.await(after);

        Map<String, Aggregation> questions = new HashMap<>();
        questions.put(TOTAL, Aggregation.of(all -> all.filter(look.others(null))));
        for (Facet facet : Facet.values()) {
            questions.put(
                    facet.name(),
                    Aggregation.of(one ->
                            one.filter(look.others(facet)).aggregations(COUNTED, Top.values(facet, size, Map.of()))));
        }
        Map<String, Aggregate> answers = reads.aggregate(look.wide(), questions);
        Aggregate total = answers.get(TOTAL);
        return new Facets(
                total == null ? 0 : total.filter().docCount(),
                people(counted(answers, Facet.PEOPLE)),
                conversations(counted(answers, Facet.CONVERSATIONS)),
                values(counted(answers, Facet.SCRIPTS)),
                values(counted(answers, Facet.ATTACHMENTS)));
    }

    private static @Nullable Aggregate counted(Map<String, Aggregate> answers, Facet facet) {
        Aggregate narrowed = answers.get(facet.name());
        return narrowed == null ? null : narrowed.filter().aggregations().get(COUNTED);
    }

    private Values<PersonCount> people(@Nullable Aggregate answer) {
        Values<ValueCount> counted = values(answer);
        Map<String, Person> people =
                labels.people(counted.values().stream().map(ValueCount::value).toList());
        return new Values<>(
                counted.values().stream()
                        .map(one -> {
                            Person person = people.get(one.value());
                            return new PersonCount(
                                    one.value(),
                                    person == null ? null : person.username(),
                                    person == null ? null : person.name(),
                                    one.count());
                        })
                        .toList(),
                counted.others());
    }

    private Values<ConversationCount> conversations(@Nullable Aggregate answer) {
        Values<ValueCount> counted = values(answer);
        Map<String, Conversation> titles = labels.conversations(
                counted.values().stream().map(ValueCount::value).toList());
        return new Values<>(
                counted.values().stream()
                        .map(one -> {
                            Conversation found = titles.get(one.value());
                            return new ConversationCount(
                                    one.value(), found == null ? null : found.title(), one.count());
                        })
                        .toList(),
                counted.others());
    }

    private static Values<ValueCount> values(@Nullable Aggregate answer) {
        return new Values<>(
                Top.values(answer).stream()
                        .map(bucket -> new ValueCount(bucket.key().stringValue(), bucket.docCount()))
                        .toList(),
                Top.others(answer));
    }
}
