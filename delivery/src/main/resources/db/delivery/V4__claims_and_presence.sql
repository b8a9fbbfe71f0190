-- Gateway nodes, one row for each run of a process. `gap`: between its last two signs of life.
create table delivery.node (
    id   uuid primary key,
    seen timestamptz not null,
    gap  interval
) with (fillfactor = 50);

-- Which node holds the one live socket of a device. `number`: when it was opened, in microseconds.
-- `position`: the log's head at its hello. `replaced`: the node that held the device before.
create table delivery.claim (
    account  uuid   not null,
    device   text   not null,
    node     uuid   not null,
    number   bigint not null,
    position bigint not null,
    replaced uuid,
    primary key (account, device)
) with (fillfactor = 80);

create index claim_of_node on delivery.claim (node);

-- What was last told of an account. `at`: when it was last active, absent if it never left.
-- `due`: when to see whether it is gone; until then it counts as online.
create table delivery.presence (
    account    uuid    primary key,
    online     boolean not null,
    was_online boolean not null default false,
    at         timestamptz,
    due        timestamptz,
    position   bigint  not null
) with (fillfactor = 80);

create index presence_due on delivery.presence (due) where due is not null;
