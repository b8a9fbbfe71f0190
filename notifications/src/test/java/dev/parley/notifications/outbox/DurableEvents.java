package dev.parley.notifications.outbox;

import dev.parley.messages.serialization.ParleySerializer;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.jspecify.annotations.Nullable;

/// Events on disk, which outlive whoever wrote or read them, under the tokens that Axon Server gives out.
final class DurableEvents extends JdbcEventStorageEngine {

    private DurableEvents(Builder builder) {
        super(builder);
    }

    static EventStorageEngine of(DataSource database) {
        Serializer serializer = ParleySerializer.create();
        return new DurableEvents(JdbcEventStorageEngine.builder()
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .connectionProvider(
                        new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(database)))
                .transactionManager(NoTransactionManager.INSTANCE)
                .dataType(byte[].class));
    }

    static void createTables(DataSource database) {
        ((DurableEvents) of(database)).createSchema(PostgresEventTableFactory.INSTANCE);
    }

    @Override
    protected List<? extends TrackedEventData<?>> fetchTrackedEvents(@Nullable TrackingToken last, int batchSize) {
        return super.fetchTrackedEvents(
                last instanceof GlobalSequenceTrackingToken token
                        ? GapAwareTrackingToken.newInstance(token.getGlobalIndex(), Set.of())
                        : last,
                batchSize);
    }
}
