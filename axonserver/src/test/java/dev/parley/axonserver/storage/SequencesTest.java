package dev.parley.axonserver.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.grpc.event.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SequencesTest {

    private final Map<String, Long> stored = new HashMap<>();
    private final List<String> lookedUp = new ArrayList<>();
    private final Sequences sequences = new Sequences(100);

    private static PendingAppend append(String aggregate, long... numbers) {
        List<NewEvent> events = Arrays.stream(numbers)
                .mapToObj(number -> NewEvent.of(Event.newBuilder()
                        .setAggregateIdentifier(aggregate)
                        .setAggregateType("Thing")
                        .setAggregateSequenceNumber(number)
                        .build()))
                .toList();
        return PendingAppend.of(events, 0);
    }

    private AppendGroup number(PendingAppend... appends) throws Exception {
        return sequences.number(List.of(appends), 0, aggregates -> {
            lookedUp.addAll(aggregates);
            Map<String, Long> next = new HashMap<>();
            aggregates.forEach(aggregate -> next.put(aggregate, stored.getOrDefault(aggregate, 0L)));
            return next;
        });
    }

    @Test
    void aggregateThatBeginsIsNotLookedUp() throws Exception {
        AppendGroup group = number(append("a", 0, 1), append("a", 2));
        assertThat(group.assumed()).isTrue();
        assertThat(group.appends()).hasSize(2);
        assertThat(lookedUp).isEmpty();
        sequences.committed(group);
        assertThat(number(append("a", 3)).assumed()).isFalse();
        assertThat(lookedUp).isEmpty();
    }

    @Test
    void aggregateThatGoesOnIsLookedUpAlsoWhenSomebodyElseBeginsIt() throws Exception {
        stored.put("a", 6L);
        AppendGroup group = number(append("a", 0), append("a", 6));
        assertThat(lookedUp).containsExactly("a");
        assertThat(group.assumed()).isFalse();
        assertThat(group.appends()).hasSize(1);
        assertThat(group.conflicts()).hasSize(1);
    }

    @Test
    void nothingIsAssumedAfterAMistake() throws Exception {
        stored.put("a", 6L);
        AppendGroup wrong = number(append("a", 0), append("b", 0));
        sequences.failed(wrong);
        sequences.beCareful();
        AppendGroup group = number(append("a", 0), append("b", 0));
        assertThat(lookedUp).containsExactlyInAnyOrder("a", "b");
        assertThat(group.appends()).hasSize(1);
        assertThat(group.conflicts()).hasSize(1);
    }

    @Test
    void assumptionOfATransactionThatDoesNotFitIsForgotten() throws Exception {
        stored.put("a", 1L);
        AppendGroup group = number(append("a", 0, 2), append("b", 0));
        sequences.committed(group);
        assertThat(group.appends()).hasSize(1);
        assertThat(number(append("a", 1)).appends()).hasSize(1);
    }

    @Test
    void transactionThatDoesNotFitTakesNoNumbers() throws Exception {
        AppendGroup group = number(append("a", 0), append("a", 1, 3), append("a", 1));
        assertThat(group.appends()).hasSize(2);
        assertThat(group.conflicts()).hasSize(1);
        sequences.committed(group);
        assertThat(number(append("a", 2)).appends()).hasSize(1);
    }

    @Test
    void failedGroupTakesNoNumbers() throws Exception {
        sequences.failed(number(append("a", 0)));
        assertThat(number(append("a", 0)).appends()).hasSize(1);
    }
}
