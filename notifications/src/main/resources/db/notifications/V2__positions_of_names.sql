-- Whose name and whose title, as of which fact: what is from before the application was cleared goes with it.
-- Rows of before this column are older than any clearing.
alter table notifications.account_name add column position bigint not null default -1;
alter table notifications.account_name alter column position drop default;
alter table notifications.conversation_title add column position bigint not null default -1;
alter table notifications.conversation_title alter column position drop default;
