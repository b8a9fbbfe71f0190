package dev.parley.query.archive;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import dev.parley.messages.archive.ArchiveUse;
import dev.parley.query.paging.Parameters;
import dev.parley.query.progress.ProjectionProgress;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// How many messages were said in each interval of time, from the first that is found, or from `since`,
/// to the last, or to `until`. Empty intervals between are there.
@RestController
class HistogramController {

    private static final String COUNTED = "counted";
    /// Intervals where the request does not say how long they are.
    private static final int FITTING = 200;
    private static final int MOST = 2_000;

    private final Looks looks;
    private final ArchiveReads reads;

    HistogramController(Looks looks, ArchiveReads reads) {
        this.looks = looks;
        this.reads = reads;
    }

    /// @param tz the time zone in which days begin
    record Histogram(String interval, String tz, long total, List<Bucket> buckets) {}

    /// @param interval `minute`, `hour`, `day`, `week`, `month` or `year`; the finest of which there
    ///     are at most 200 if missing
    @GetMapping("/api/v1/archive/histogram")
    Histogram histogram(
            HttpServletRequest request,
            ArchiveParameters parameters,
            @RequestParam(required = false) @Nullable String interval,
            @RequestHeader(name = ProjectionProgress.HEADER, required = false) @Nullable String after) {
        Interval wanted = Interval.of(interval);
        ZoneId zone = Times.of(parameters.tz()).zone();
        Look look = looks.begin(request, ArchiveUse.HISTOGRAM, parameters);
        reads.await(after);

        Span found = Span.of(reads.aggregate(look.query(), Span.questions()));
        if (found == null) {
            Interval named = wanted == null ? Interval.DAY : wanted;
            return new Histogram(named.text(), zone.getId(), 0, List.of());
        }
        Span span = found.wide(look.filters());
        Interval chosen = wanted == null ? Interval.fitting(span, zone, FITTING) : wanted;
        require(chosen, span, zone, MOST);
        Map<String, Aggregate> answers = reads.aggregate(look.query(), Map.of(COUNTED, chosen.histogram(span, zone)));
        List<Bucket> buckets = Bucket.of(answers.get(COUNTED));
        return new Histogram(
                chosen.text(),
                zone.getId(),
                buckets.stream().mapToLong(Bucket::count).sum(),
                buckets);
    }

    /// @throws dev.parley.messages.RejectedException `invalid`, with one that would do
    static void require(Interval interval, Span span, ZoneId zone, long most) {
        long count = interval.count(span, zone);
        if (count > most) {
            throw Parameters.invalid(
                    "interval",
                    "There are " + count + " of them, at most " + most + " can be told: ask for "
                            + Interval.fitting(span, zone, most).text() + " or a shorter time");
        }
    }
}
