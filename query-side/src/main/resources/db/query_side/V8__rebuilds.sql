-- The rebuild of each projection that is under way, or the last one. Whoever holds the lease works on it.
create table query_side.rebuild (
    projection  text primary key,
    generation  integer          not null,
    state       text             not null,
    shape       text             not null, -- of what was filled so far
    position    bigint           not null, -- the last fact in it; committed with what it made; -1 before the first
    rate        double precision not null, -- facts a second, lately
    checked     bigint           not null, -- conversations, or the like, compared with the log
    differing   text[]           not null, -- the first of them that differ
    error       text,                      -- kinds of failure only, no values
    left_over   boolean          not null, -- there is an old or unfinished generation to be removed
    owner       text,
    lease_until timestamptz      not null,
    started_at  timestamptz      not null,
    changed_at  timestamptz      not null  -- its state
);

-- What operators paused, on every node.
create table query_side.pause (
    processor text primary key,
    account   uuid        not null,
    at        timestamptz not null
);

-- The last failure of each processor on each node; position is the first fact of the batch that failed.
create table query_side.failure (
    processor text        not null,
    node      text        not null,
    position  bigint      not null,
    cause     text        not null, -- kinds of failure only, no values
    attempts  integer     not null,
    at        timestamptz not null,
    primary key (processor, node)
);
