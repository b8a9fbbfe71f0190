-- What was said, once for all its rows: it may be edited or deleted until it is sent. Only for messages that have a
-- row, or that were changed before they might get one.
create table notifications.message (
    conversation  uuid        not null,
    message       uuid        not null,
    sender        uuid,
    excerpt       text,
    edited_at     bigint,
    deleted_at    bigint,
    eligible      int         not null default 0,
    delivered     int         not null default 0,
    position     bigint      not null,
    created_at    timestamptz not null,
    primary key (conversation, message)
);
comment on column notifications.message.position is 'of the first fact about it that was kept';
comment on column notifications.message.edited_at is 'position of the newest edit; the excerpt is of that';
comment on column notifications.message.deleted_at is 'position of the deletion; the excerpt is forgotten then';
comment on column notifications.message.eligible is '(device, message) pairs that got a row, or were found delivered';
create index message_created on notifications.message (created_at);

-- What a member has read and muted. Each half goes by the position of the fact that says so.
create table notifications.mark (
    conversation   uuid    not null,
    account        uuid    not null,
    read_seq       bigint  not null default -1,
    muted          boolean not null default false,
    muted_until    timestamptz,
    muted_position bigint  not null default -1,
    position       bigint  not null,
    primary key (conversation, account)
);
comment on column notifications.mark.position is 'of the newest fact: what is older than a clearing goes with it';

-- What became of all eligible (device, message) pairs, since the first start ever.
create table notifications.tally (
    outcome text   not null,
    reason  text   not null,
    pairs   bigint not null,
    primary key (outcome, reason)
);
comment on table notifications.tally is 'eligible = delivered + every ended outcome + the rows that are due';

-- One row a (device, message, cause).
alter table notifications.outbox drop constraint outbox_cause_check;
alter table notifications.outbox rename column cause to found;
alter table notifications.outbox
    add column cause     text    not null default 'message' check (cause in ('message', 'read', 'deleted', 'overtaken')),
    add column seq       bigint  not null default 0,
    add column mentioned boolean not null default false,
    add column shown     boolean not null default false,
    add column tried     jsonb   not null default '[]',
    add check (found in ('absent', 'silent', 'shown', 'badge')),
    drop constraint outbox_state_check,
    add check (state in ('due', 'sent', 'read', 'muted', 'deleted', 'unregistered', 'expired', 'failed')),
    alter column message drop not null;
-- A position is never lower than a seq, so a row of before is not taken for one that was read.
update notifications.outbox set seq = position;
insert into notifications.message (conversation, message, excerpt, position, created_at)
    select conversation, message, min(excerpt), min(position), min(created_at) from notifications.outbox group by 1, 2;
insert into notifications.tally (outcome, reason, pairs)
    select 'eligible', '', count(*) from notifications.outbox
    union all
    select state, reason, count(*) from notifications.outbox where state <> 'due' group by state, reason;
alter table notifications.outbox
    drop constraint outbox_account_device_conversation_message_key,
    add unique (account, device, conversation, seq, cause),
    drop column title,
    drop column excerpt,
    alter column cause drop default,
    alter column seq drop default;
comment on column notifications.outbox.seq is 'of the message; for cause read: up to where the conversation was read';
comment on column notifications.outbox.found is 'why the device was found: absent or silent rings; shown or badge withdraws';
comment on column notifications.outbox.shown is 'it was sent, and nothing has taken it off the lock screen since';
comment on column notifications.outbox.tried is 'the attempts that failed, oldest first: [{"at", "reason"}]';
create index outbox_message on notifications.outbox (message);
create index outbox_device on notifications.outbox (device, created_at, id);
create index outbox_waiting on notifications.outbox (created_at) where state = 'due';
create index outbox_shown on notifications.outbox (account, conversation, seq) where shown;

-- Marks are built from the beginning. What was decided stays decided: nothing is sent for it.
do $$
begin
    if to_regclass('axon.token_entry') is not null then
        delete from axon.token_entry where processorname = 'push';
    end if;
end
$$;
