create table query_side.clear (
    projection text primary key,
    position   bigint  not null,
    first_game integer not null
);

create table query_side.started (
    conversation uuid primary key
);

create table query_side.player (
    account  uuid primary key,
    username text not null
);

create table query_side.game (
    id    integer primary key,
    name  text not null,
    white uuid,
    black uuid
);
