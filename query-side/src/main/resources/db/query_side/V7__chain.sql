-- The chain of digests over all facts in the order of the store. Digests have 32 bytes (SHA-256). Links are 40 bytes
-- each, in the order of positions: the position (8 bytes, big-endian) and the digest of the fact's line.

-- One row: where the chain ends, and where its last checkpoint is.
create table query_side.chain_head (
    one             boolean primary key check (one),
    position        bigint not null,   -- of the last fact in the chain; -1: none
    count           bigint not null,
    hash            bytea  not null,
    sealed_position bigint not null,
    sealed_count    bigint not null,
    sealed_hash     bytea  not null,
    read_position   bigint not null    -- of the last fact read: before position while the log is read again
);

insert into query_side.chain_head values
    (true, -1, 0, decode(repeat('00', 32), 'hex'), -1, 0, decode(repeat('00', 32), 'hex'), -1);

-- Links since the last checkpoint, a row for each batch.
create table query_side.chain_open (
    first_position bigint      primary key,
    at             timestamptz not null,
    links          bytea       not null
);

-- Never changed; the links are those since the previous checkpoint, 1,000 at most.
create table query_side.chain_checkpoint (
    position          bigint      primary key,
    previous_position bigint      not null,
    count             bigint      not null,
    at                timestamptz not null,
    previous          bytea       not null,
    hash              bytea       not null,
    key               text        not null,
    signature         bytea       not null,
    links             bytea       not null
);

-- Public keys of all that ever signed here (SubjectPublicKeyInfo).
create table query_side.chain_key (
    id         text        primary key,
    public_key bytea       not null,
    since      timestamptz not null
);

-- Where the log, read again, was not what is in the chain.
create table query_side.chain_break (
    position bigint      primary key,
    expected bytea,                     -- null: the chain has no fact at this position
    found    bytea,                     -- null: the log has none
    seen_at  timestamptz not null
);
