-- Who sees which stretch of which conversation, in positions of the event log, both ends included.
create table delivery.membership (
    conversation  uuid   not null,
    account       uuid   not null,
    from_position bigint not null,
    to_position   bigint,
    primary key (conversation, account, from_position)
);

create index membership_of_account on delivery.membership (account);

-- How far each device has acknowledged; it only goes forward.
create table delivery.cursor (
    account  uuid   not null,
    device   text   not null,
    position bigint not null,
    primary key (account, device)
) with (fillfactor = 80);
