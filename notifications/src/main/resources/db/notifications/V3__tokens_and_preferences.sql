-- Which of Apple's two services a token is for, and what is known about a token and about the app's icon.
alter table notifications.device
    add column environment    text check (environment in ('production', 'sandbox')),
    add column dropped_at     timestamptz,
    add column dropped_reason text,
    add column badge          int,
    add column badge_cursor   bigint,
    add check ((dropped_at is null) = (dropped_reason is null));
comment on column notifications.device.environment is 'of an APNs token; null: the one that is configured';
comment on column notifications.device.dropped_at is 'since when the provider knows the token no more: nothing is sent until it is registered anew';
comment on column notifications.device.badge is 'the last one sent; null: none since the token was registered';
comment on column notifications.device.badge_cursor is
    'what the device had acknowledged when the badge was sent: an app that came by since has set its own';

-- What an account wants to be rung for. No row: everything, with a preview, at any hour.
create table notifications.preference (
    account             uuid primary key,
    preview             boolean     not null,
    mentions_break_mute boolean     not null,
    time_zone           text        not null,
    quiet_from          time,
    quiet_to            time,
    updated_at          timestamptz not null,
    check ((quiet_from is null) = (quiet_to is null))
);
comment on column notifications.preference.time_zone is 'IANA name: quiet hours are local times, summer time included';
