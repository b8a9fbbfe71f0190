-- Facts that a projection cannot project, and those behind them, as Axon's JdbcSequencedDeadLetterQueue reads and writes
-- them: one row a letter.
--   processinggroup     the processor
--   sequenceidentifier  what the fact belongs to: a conversation, a game, an account
--   sequenceindex       the letter's place in its sequence
--   payload, metadata   the fact as it is stored, with payloadtype and payloadrevision
--   token               JSON of where it is in the store, {"globalIndex":n}
--   causetype           why it cannot be projected; null for one that waits behind another
--   diagnostics         JSON, {"attempts":n}
create table axon.dead_letter_entry (
    deadletteridentifier varchar(255) primary key,
    processinggroup      varchar(255) not null,
    sequenceidentifier   varchar(255) not null,
    sequenceindex        bigint       not null,
    messagetype          varchar(255) not null,
    eventidentifier      varchar(255) not null,
    timestamp            varchar(255) not null,
    payloadtype          varchar(255) not null,
    payloadrevision      varchar(255),
    payload              bytea        not null,
    metadata             bytea,
    type                 varchar(255),
    aggregateidentifier  varchar(255),
    sequencenumber       bigint,
    tokentype            varchar(255),
    token                bytea,
    enqueuedat           varchar(255) not null,
    lasttouched          varchar(255),
    processingstarted    varchar(255),
    causetype            varchar(255),
    causemessage         varchar(1023),
    diagnostics          bytea,
    unique (processinggroup, sequenceidentifier, sequenceindex)
);
