-- Whether a member's marks are for others to see, how far senders have read, and mentions that are not read. None of it
-- can be told from the rows that are there, so conversations and what hangs on them are built again from the event
-- store, as V3 did: the token of the processor goes, and it starts at the first fact. Accounts stay, and so does the
-- position of the last clear.
delete from query_side.mark;
delete from query_side.sent_run;
delete from query_side.member;
delete from query_side.conversation;

do $$
begin
    if to_regclass('axon.token_entry') is not null then
        delete from axon.token_entry where processorname = 'inbox';
    end if;
end
$$;

-- read_seq is from now on what the member has read, its own messages included, told to others or not. Whether it is told
-- is what the last fact said; null while none did.
alter table query_side.mark add column shared boolean;

-- Who is called by a message and has not read it. Rows go when it is read, edited or deleted.
create table query_side.mention (
    account      uuid   not null,
    conversation uuid   not null,
    seq          bigint not null, -- of the message
    primary key (account, conversation, seq)
);

create index mention_message on query_side.mention (conversation, seq);
