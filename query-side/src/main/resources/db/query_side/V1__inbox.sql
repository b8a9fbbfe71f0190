create table query_side.account (
    id           uuid primary key,
    username     text   not null,
    display_name text   not null,
    archive      text,
    position     bigint not null
);

create table query_side.conversation (
    id               uuid primary key,
    kind             text        not null,
    title            text,
    started_position bigint      not null,
    last_position    bigint      not null,
    last_seq         bigint      not null,
    last_activity    timestamptz not null,
    message          uuid,
    message_sender   uuid,
    message_excerpt  text,
    message_seq      bigint,
    message_at       timestamptz,
    sent             bigint      not null,
    imported         bigint      not null
);

create table query_side.member (
    conversation  uuid   not null,
    account       uuid   not null,
    from_position bigint not null,
    to_position   bigint,
    role          text   not null,
    read_sent     bigint not null,
    primary key (conversation, account, from_position)
);

create unique index member_now on query_side.member (account, conversation) where to_position is null;
