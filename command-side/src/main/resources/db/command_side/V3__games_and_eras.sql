-- Numbers of games: given once and never again, so that a game of before a clear is told by its number.
create sequence command_side.game_id as integer no cycle;

-- One row: the time since the application was last cleared.
create table command_side.application (
    only_row   boolean primary key default true check (only_row),
    era        bigint  not null,
    first_game integer not null,
    announced  boolean not null
);

insert into command_side.application (era, first_game, announced) values (0, 1, true);
