package dev.parley.axonserver;

import static dev.parley.axonserver.Events.append;
import static dev.parley.axonserver.Events.appendMany;
import static dev.parley.axonserver.Events.event;
import static dev.parley.axonserver.Events.failure;
import static dev.parley.axonserver.Events.get;
import static dev.parley.axonserver.Events.id;
import static dev.parley.axonserver.Events.loose;
import static dev.parley.axonserver.Events.tryAppend;
import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.connector.event.AppendEventsTransaction;
import io.axoniq.axonserver.grpc.ErrorMessage;
import io.axoniq.axonserver.grpc.event.Event;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What applications rely on when they append events and read aggregates, at any Axon Server.
interface EventStoreContract extends Contract {

    private List<Event> read(String aggregate) {
        return connection()
                .eventChannel()
                .openAggregateStream(aggregate, false)
                .asStream()
                .toList();
    }

    @Test
    default void whatIsAppendedIsReadBackAsItWas() {
        String aggregate = id();
        Event first = event(aggregate, 0);
        Event second = event(aggregate, 1);
        append(connection(), first, second);
        assertThat(read(aggregate)).containsExactly(first, second);
    }

    @Test
    default void unknownAggregateHasNoEvents() {
        assertThat(read(id())).isEmpty();
        assertThat(get(connection().eventChannel().findHighestSequence(id()))).isEqualTo(-1);
    }

    @Test
    default void highestSequenceIsThatOfTheLastEvent() {
        String aggregate = id();
        appendMany(connection(), aggregate, 3);
        assertThat(get(connection().eventChannel().findHighestSequence(aggregate)))
                .isEqualTo(2);
    }

    @Test
    default void takenSequenceNumberIsRefused() {
        String aggregate = id();
        append(connection(), event(aggregate, 0));
        ErrorMessage failure = failure(tryAppend(connection(), event(aggregate, 0)));
        assertThat(failure.getErrorCode()).isEqualTo("AXONIQ-2000");
        assertThat(failure.getLocation()).isEqualTo("OUT_OF_RANGE");
    }

    @Test
    default void gapInTheSequenceIsRefused() {
        ErrorMessage failure = failure(tryAppend(connection(), event(id(), 1)));
        assertThat(failure.getErrorCode()).isEqualTo("AXONIQ-2000");
    }

    @Test
    default void conflictNamesTheAggregateAndTheNumbers() {
        String aggregate = id();
        appendMany(connection(), aggregate, 3);
        ErrorMessage failure = failure(tryAppend(connection(), event(aggregate, 1)));
        assertThat(failure.getMessage()).contains(aggregate).contains("1").contains("3");
    }

    @Test
    default void oneOfManyWithTheSameSequenceNumberIsStored() {
        String aggregate = id();
        var confirmations = LongStream.range(0, 20)
                .mapToObj(
                        i -> tryAppend(connection(), event(aggregate, 0)).handle((stored, failure) -> failure == null))
                .toList();
        assertThat(confirmations.stream().filter(Events::get)).hasSize(1);
        assertThat(read(aggregate)).hasSize(1);
    }

    @Test
    default void refusedTransactionStoresNothingAndBurnsNoIndex() {
        String aggregate = id();
        append(connection(), loose("Marker"));
        long before = get(connection().eventChannel().getLastToken());
        failure(tryAppend(connection(), event(aggregate, 0), event(aggregate, 2)));
        assertThat(read(aggregate)).isEmpty();
        append(connection(), loose("Marker"));
        assertThat(get(connection().eventChannel().getLastToken())).isEqualTo(before + 1);
    }

    @Test
    default void rolledBackTransactionStoresNothing() {
        String aggregate = id();
        AppendEventsTransaction transaction = connection().eventChannel().startAppendEventsTransaction();
        transaction.appendEvent(event(aggregate, 0));
        transaction.rollback();
        append(connection(), event(aggregate, 0));
        assertThat(read(aggregate)).hasSize(1);
    }

    @Test
    default void transactionMayHoldSeveralAggregates() {
        String one = id();
        String other = id();
        append(connection(), event(one, 0), event(other, 0), event(one, 1), loose("Noted"));
        assertThat(read(one)).hasSize(2);
        assertThat(read(other)).hasSize(1);
    }

    @Test
    default void aggregateIsReadFromASequenceNumber() {
        String aggregate = id();
        appendMany(connection(), aggregate, 7);
        List<Event> part = connection()
                .eventChannel()
                .openAggregateStream(aggregate, 4)
                .asStream()
                .toList();
        assertThat(part).extracting(Event::getAggregateSequenceNumber).containsExactly(4L, 5L, 6L);
    }

    /// The next number is the bound that includes the one that is wanted at every server: to some it is
    /// excluded.
    @Test
    default void oneEventIsReadAsTheFirstUpToTheNextNumber() {
        String aggregate = id();
        appendMany(connection(), aggregate, 7);
        assertThat(first(aggregate, 1, 2)).contains(1L);
        assertThat(first(aggregate, 4, 5)).contains(4L);
        assertThat(first(aggregate, 6, 7)).as("the last").contains(6L);
        assertThat(first(aggregate, 7, 8)).as("beyond the last").isEmpty();
    }

    private Optional<Long> first(String aggregate, long from, long to) {
        return connection()
                .eventChannel()
                .openAggregateStream(aggregate, from, to)
                .asStream()
                .map(Event::getAggregateSequenceNumber)
                .findFirst();
    }

    @Test
    default void longAggregateIsReadWholeAndInOrder() {
        String aggregate = id();
        appendMany(connection(), aggregate, 2500);
        assertThat(read(aggregate))
                .extracting(Event::getAggregateSequenceNumber)
                .containsExactlyElementsOf(LongStream.range(0, 2500).boxed().toList());
    }

    @Test
    default void snapshotComesFirstAndStandsForTheEventsBeforeIt() {
        String aggregate = id();
        appendMany(connection(), aggregate, 6);
        Event snapshot = event(aggregate, 3, "Snapshot", 77);
        assertThat(get(connection().eventChannel().appendSnapshot(snapshot)).getSuccess())
                .isTrue();
        List<Event> events = connection()
                .eventChannel()
                .openAggregateStream(aggregate, true)
                .asStream()
                .toList();
        assertThat(events).extracting(Event::getAggregateSequenceNumber).containsExactly(3L, 4L, 5L);
        assertThat(events).extracting(Event::getSnapshot).containsExactly(true, false, false);
        assertThat(read(aggregate)).hasSize(6);
    }

    @Test
    default void laterSnapshotReplacesTheEarlier() {
        String aggregate = id();
        appendMany(connection(), aggregate, 6);
        get(connection().eventChannel().appendSnapshot(event(aggregate, 1, "Snapshot", 1)));
        get(connection().eventChannel().appendSnapshot(event(aggregate, 5, "Snapshot", 2)));
        assertThat(connection()
                        .eventChannel()
                        .openAggregateStream(aggregate)
                        .asStream()
                        .toList())
                .extracting(Event::getAggregateSequenceNumber)
                .containsExactly(5L);
        append(connection(), event(aggregate, 6));
        assertThat(get(connection().eventChannel().findHighestSequence(aggregate)))
                .isEqualTo(6);
    }

    @Test
    default void aggregateWithoutSnapshotHasNone() {
        String aggregate = id();
        appendMany(connection(), aggregate, 2);
        assertThat(connection().eventChannel().loadSnapshot(aggregate).asStream())
                .isEmpty();
    }

    @Test
    default void newestSnapshotIsListed() {
        String aggregate = id();
        appendMany(connection(), aggregate, 6);
        get(connection().eventChannel().appendSnapshot(event(aggregate, 2, "Snapshot", 1)));
        get(connection().eventChannel().appendSnapshot(event(aggregate, 4, "Snapshot", 2)));
        List<Event> snapshots = connection()
                .eventChannel()
                .loadSnapshots(aggregate, 0, Long.MAX_VALUE, 1)
                .asStream()
                .toList();
        assertThat(snapshots).extracting(Event::getAggregateSequenceNumber).containsExactly(4L);
    }

    @Test
    default void snapshotsAreListedNewestFirstInTheirRange() {
        String aggregate = id();
        appendMany(connection(), aggregate, 6);
        for (int sequence : new int[] {1, 2, 4}) {
            get(connection().eventChannel().appendSnapshot(event(aggregate, sequence, "Snapshot", sequence)));
        }
        assertThat(snapshots(aggregate, 0, Long.MAX_VALUE, 10)).containsExactly(4L, 2L, 1L);
        assertThat(snapshots(aggregate, 0, 3, 10)).containsExactly(2L, 1L);
        assertThat(snapshots(aggregate, 0, 0, 10)).isEmpty();
    }

    private List<Long> snapshots(String aggregate, long from, long to, int results) {
        return connection()
                .eventChannel()
                .loadSnapshots(aggregate, from, to, results)
                .asStream()
                .map(Event::getAggregateSequenceNumber)
                .toList();
    }

    @Test
    default void manyTransactionsAtOnceAllSucceed() {
        String aggregate = id();
        var confirmations = LongStream.range(0, 300)
                .mapToObj(i -> tryAppend(connection(), event(aggregate + i, 0)))
                .toList();
        confirmations.forEach(
                confirmation -> assertThat(get(confirmation).getSuccess()).isTrue());
    }
}
