-- Sessions are facts now, and an account's name is reserved before its password is hashed.

-- Nobody works on a reservation that was given up: it may be taken over at once.
alter table command_side.account add given_up boolean not null default false;

-- Sessions of before have no facts that would tell other nodes of their end, so whoever held one logs in again.
delete from command_side.session;

-- ending: why, while the end is not known to be stored as a fact; such a token is dead.
-- tried_at: when a node last set about storing it.
alter table command_side.session
    add client   text,
    add ending   text,
    add ended_by uuid,
    add ended_at timestamptz,
    add tried_at timestamptz;

drop index command_side.session_account;
create index session_account on command_side.session (account, opened_at desc, id desc);
create index session_ending on command_side.session (tried_at) where ending is not null;
