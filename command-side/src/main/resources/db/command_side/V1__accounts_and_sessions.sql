-- What must never be in an event: passwords, addresses, tokens. And the one place that decides who holds a name.

create table command_side.account (
    account         uuid primary key,
    username        text        not null,
    username_folded text        not null unique,
    password_hash   text,
    email           text,
    archive         text,
    reserved_at     timestamptz not null,
    registered_at   timestamptz
);

create index account_reserved on command_side.account (reserved_at) where registered_at is null;

create table command_side.account_role (
    account uuid    not null,
    role    text    not null,
    held    boolean not null,
    seq     bigint  not null,
    primary key (account, role)
);

create table command_side.session (
    id           uuid primary key,
    token_hash   text        not null unique,
    account      uuid        not null references command_side.account on delete cascade,
    opened_at    timestamptz not null,
    last_used_at timestamptz not null
);

create index session_account on command_side.session (account);
create index session_last_used on command_side.session (last_used_at);
