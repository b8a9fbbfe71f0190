-- One row a context. The writer moves next_index in the statement that stores a group of events, and only while
-- the epoch is still its own: a writer that was replaced can store nothing.
create table context (
    next_index bigint not null default 0,
    epoch bigint not null default 0,
    id smallint primary key,
    name text collate "C" not null unique
) with (fillfactor = 50);

insert into context (id, name) values (0, 'default');

-- The log. global_index is gapless from 0 in each context.
-- latest_timestamp is the highest event timestamp up to and including this row. It only grows, so that the first
-- event from an instant is found by bisection on the primary key, without an index of its own.
-- event is the whole event as the protobuf message io.axoniq.axonserver.grpc.event.Event; the columns beside it
-- are copies for the indexes.
create table event (
    global_index bigint not null,
    latest_timestamp bigint not null,
    sequence_number bigint,
    context_id smallint not null,
    aggregate_id text collate "C",
    message_id text collate "C" not null,
    event bytea not null,
    primary key (context_id, global_index)
);

create unique index event_aggregate on event (context_id, aggregate_id, sequence_number) where aggregate_id is not null;
create unique index event_message on event (context_id, message_id);

-- The newest snapshot of each aggregate.
create table snapshot (
    sequence_number bigint not null,
    context_id smallint not null,
    aggregate_id text collate "C" not null,
    event bytea not null,
    primary key (context_id, aggregate_id)
);
