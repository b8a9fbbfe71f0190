-- A device goes with the session that registered it: a phone that was logged out, or lost, rings no more.
alter table notifications.device add column session uuid;
comment on column notifications.device.session is 'null for a registration of before this column';
create index device_by_session on notifications.device (session);
