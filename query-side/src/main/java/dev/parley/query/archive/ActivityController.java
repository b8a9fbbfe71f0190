package dev.parley.query.archive;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.messages.archive.ArchiveUse;
import dev.parley.query.archive.Labels.Conversation;
import dev.parley.query.archive.Labels.Person;
import dev.parley.query.progress.ProjectionProgress;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// How busy conversations and people are, the busiest first, by the messages that are found.
@RestController
class ActivityController {

    private static final String BUSIEST = "busiest";
    private static final String COUNTED = "counted";
    /// Intervals of all of them together.
    private static final int MOST = 20_000;

    private final Looks looks;
    private final ArchiveReads reads;
    private final Labels labels;

    ActivityController(Looks looks, ArchiveReads reads, Labels labels) {
        this.looks = looks;
        this.reads = reads;
        this.labels = labels;
    }

    /// @param others messages of those that are not listed
    record Conversations(List<ConversationActivity> conversations, long others) {}

    /// @param title absent where it has none
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ConversationActivity(
            String conversation,
            @Nullable String title,
            long count,
            Instant first,
            Instant last,
            @Nullable List<Bucket> buckets) {}

    /// @param others messages of those that are not listed
    record People(List<PersonActivity> people, long others) {}

    /// @param username absent while the account is not projected yet, as is `name`
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PersonActivity(
            String account,
            @Nullable String username,
            @Nullable String name,
            long count,
            Instant first,
            Instant last,
            @Nullable List<Bucket> buckets) {}

    /// @param buckets the same intervals for all; null where none were asked for
    private record Busy(
            String id, long count, Span span, @Nullable List<Bucket> buckets) {}

    private record Busiest(List<Busy> all, long others) {

        List<String> ids() {
            return all.stream().map(Busy::id).toList();
        }
    }

    /// @param interval none are told if it is missing
    @GetMapping("/api/v1/archive/activity/conversations")
    Conversations conversations(
            HttpServletRequest request,
            ArchiveParameters parameters,
            @RequestParam(required = false) @Nullable String interval,
            @RequestParam(required = false) @Nullable String limit,
            @RequestHeader(name = ProjectionProgress.HEADER, required = false) @Nullable String after) {
        Interval wanted = Interval.of(interval);
        int size = Top.limit(limit);
        ZoneId zone = Times.of(parameters.tz()).zone();
        Look look = looks.begin(request, ArchiveUse.CONVERSATIONS, parameters);
        reads.await(after);
        Busiest busiest = busiest(look, Facet.CONVERSATIONS, size, wanted, zone);
        Map<String, Conversation> titles = labels.conversations(busiest.ids());
        return new Conversations(
                busiest.all().stream()
                        .map(one -> {
                            Conversation found = titles.get(one.id());
                            return new ConversationActivity(
                                    one.id(),
                                    found == null ? null : found.title(),
                                    one.count(),
                                    one.span().first(),
                                    one.span().last(),
                                    one.buckets());
                        })
                        .toList(),
                busiest.others());
    }

    /// @param interval none are told if it is missing
    @GetMapping("/api/v1/archive/activity/people")
    People people(
            HttpServletRequest request,
            ArchiveParameters parameters,
            @RequestParam(required = false) @Nullable String interval,
            @RequestParam(required = false) @Nullable String limit,
            @RequestHeader(name = ProjectionProgress.HEADER, required = false) @Nullable String after) {
        Interval wanted = Interval.of(interval);
        int size = Top.limit(limit);
        ZoneId zone = Times.of(parameters.tz()).zone();
        Look look = looks.begin(request, ArchiveUse.PEOPLE, parameters);
        reads.await(after);
        Busiest busiest = busiest(look, Facet.PEOPLE, size, wanted, zone);
        Map<String, Person> people = labels.people(busiest.ids());
        return new People(
                busiest.all().stream()
                        .map(one -> {
                            Person person = people.get(one.id());
                            return new PersonActivity(
                                    one.id(),
                                    person == null ? null : person.username(),
                                    person == null ? null : person.name(),
                                    one.count(),
                                    one.span().first(),
                                    one.span().last(),
                                    one.buckets());
                        })
                        .toList(),
                busiest.others());
    }

    private Busiest busiest(Look look, Facet facet, int size, @Nullable Interval interval, ZoneId zone) {
        Map<String, Aggregation> questions = new HashMap<>(Span.questions());
        if (interval != null) {
            Span found = Span.of(reads.aggregate(look.query(), Span.questions()));
            if (found == null) {
                return new Busiest(List.of(), 0);
            }
            Span span = found.wide(look.filters());
            HistogramController.require(interval, span, zone, MOST / size);
            questions.put(COUNTED, interval.histogram(span, zone));
        }
        Aggregate answer = reads.aggregate(look.query(), Map.of(BUSIEST, Top.values(facet, size, questions)))
                .get(BUSIEST);
        return new Busiest(
                Top.values(answer).stream()
                        .map(bucket -> {
                            Span span = Span.of(bucket.aggregations());
                            return new Busy(
                                    bucket.key().stringValue(),
                                    bucket.docCount(),
                                    span == null ? new Span(Instant.EPOCH, Instant.EPOCH) : span,
                                    interval == null
                                            ? null
                                            : Bucket.of(bucket.aggregations().get(COUNTED)));
                        })
                        .toList(),
                Top.others(answer));
    }
}
