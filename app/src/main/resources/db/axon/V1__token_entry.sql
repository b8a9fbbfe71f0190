-- How far each event processor is: one row a processor and segment, as Axon's JdbcTokenStore reads and writes it.
--   token  JSON of the tracking token, {"globalIndex":n}
--   owner  the node that has claimed the segment, null for none
create table axon.token_entry (
    processorname varchar(255) not null,
    segment       integer      not null,
    token         bytea,
    tokentype     varchar(255),
    timestamp     varchar(255),
    owner         varchar(255),
    primary key (processorname, segment)
);
