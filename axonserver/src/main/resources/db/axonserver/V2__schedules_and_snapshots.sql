-- Some of the newest snapshots of each aggregate: who rejects the newest asks for the one before.
alter table snapshot drop constraint snapshot_pkey;
alter table snapshot add primary key (context_id, aggregate_id, sequence_number);

-- Events that are to be published at a time, in milliseconds since the epoch. A row is removed when its event is in
-- the log; number keeps the order of those that are due at the same time. problem says why an event could not be
-- published and never will be; such a row stays for people to look at.
create table schedule (
    due bigint not null,
    number bigint not null generated always as identity,
    context_id smallint not null,
    token text collate "C" not null,
    message_id text collate "C" not null,
    problem text,
    event bytea not null,
    primary key (context_id, token)
);

create unique index schedule_message on schedule (context_id, message_id);
create index schedule_due on schedule (context_id, due, number) where problem is null;
