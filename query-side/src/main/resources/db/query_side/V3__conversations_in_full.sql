-- What inboxes need of the new facts. How many messages were sent up to some place cannot be told from the rows that are
-- there, so conversations and members are built again from the event store: their rows go, and so does the token of the
-- processor, which then starts at the first fact. Accounts stay, and so does the position of the last clear: facts of
-- before it are passed over again. A node of before this migration cannot write meanwhile, because it knows nothing of
-- the columns that have no default.
delete from query_side.member;
delete from query_side.conversation;

do $$
begin
    if to_regclass('axon.token_entry') is not null then
        delete from axon.token_entry where processorname = 'inbox';
    end if;
end
$$;

alter table query_side.conversation
    add column topic               text,
    add column history             text    not null,
    add column running             boolean not null, -- the last fact was a sent message: the next one goes on with its run
    add column message_position    bigint,
    add column message_attachments integer;

-- Whether somebody who left could see all of the conversation until then; false while a member.
alter table query_side.member add column whole boolean not null;

-- Where each run of consecutive sent messages begins, and how many were sent before it.
create table query_side.sent_run (
    conversation uuid   not null,
    first_seq    bigint not null,
    before       bigint not null,
    primary key (conversation, first_seq)
);

-- What one account said about one conversation for itself; position is that of its last fact.
create table query_side.mark (
    conversation  uuid    not null,
    account       uuid    not null,
    delivered_seq bigint,
    read_seq      bigint,                            -- as others may see it
    muted         boolean not null,
    muted_until   timestamptz,
    position      bigint  not null,
    primary key (conversation, account)
);

-- Written by history. A reaction that was taken back stays as removed, so that a repeat does not bring it back.
create table query_side.reaction (
    conversation uuid    not null,
    message      uuid    not null,
    reaction     text    not null,
    account      uuid    not null,
    removed      boolean not null,
    position     bigint  not null,
    primary key (conversation, message, reaction, account)
);
