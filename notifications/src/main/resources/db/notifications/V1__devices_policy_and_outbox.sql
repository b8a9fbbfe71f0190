-- Push tokens. A token belongs to one (account, device) at a time.
create table notifications.device (
    account       uuid        not null,
    device        text        not null,
    platform      text        not null check (platform in ('apns', 'fcm')),
    token         text        not null,
    token_hash    bytea       not null,
    topic         text,
    updated_at    timestamptz not null,
    primary key (account, device)
);
comment on column notifications.device.token_hash is 'SHA-256 of the token: tokens may be longer than an index entry';
comment on column notifications.device.updated_at is 'the last registration: a 410 that is older does not remove the token';
create unique index device_by_token on notifications.device (platform, token_hash);

-- Who was a member from when to when, in positions of the store.
create table notifications.recipient (
    conversation  uuid   not null,
    account       uuid   not null,
    from_position bigint not null,
    to_position   bigint,
    primary key (conversation, account, from_position)
);
create index recipient_ended on notifications.recipient (to_position) where to_position is not null;

create table notifications.account_name (
    account uuid primary key,
    name    text not null
);

create table notifications.conversation_title (
    conversation uuid primary key,
    title        text not null
);

-- Up to where each reader of the stream has decided. Nothing at or before it adds a row ever again.
create table notifications.decided (
    reader   text primary key,
    position bigint not null
);
comment on table notifications.decided is 'starts at the head of the store at the first start ever: older messages are history';

-- One row a (device, message).
create table notifications.outbox (
    id            uuid        primary key,
    account       uuid        not null,
    device        text        not null,
    message       uuid        not null,
    conversation  uuid        not null,
    position      bigint      not null,
    cause         text        not null check (cause in ('absent', 'silent')),
    title         text,
    excerpt       text,
    state         text        not null default 'due'
        check (state in ('due', 'sent', 'read', 'muted', 'unregistered', 'expired', 'failed')),
    reason        text,
    attempts      int         not null default 0,
    due_at        timestamptz not null,
    expires_at    timestamptz not null,
    claimed_by    uuid,
    claimed_until timestamptz,
    created_at    timestamptz not null,
    ended_at      timestamptz,
    unique (account, device, conversation, message),
    check ((state = 'due') = (ended_at is null)),
    check (state = 'due' or reason is not null)
);
comment on column notifications.outbox.id is 'the apns-id: the same for every attempt';
comment on column notifications.outbox.title is 'forgotten, like the excerpt, when the row ends';
comment on column notifications.outbox.reason is 'while due: why the last attempt failed';
create index outbox_due on notifications.outbox (due_at) where state = 'due';
create index outbox_ended on notifications.outbox (ended_at) where state <> 'due';
