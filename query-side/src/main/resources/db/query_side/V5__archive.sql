-- Searches that analysts keep. One that was deleted stays as a row without content, so that a repeat of the fact that
-- saved it does not bring it back. position is that of the last fact about it.
create table query_side.saved_search (
    id       uuid primary key,
    account  uuid        not null,
    name     text        not null,
    query    text,
    filters  text        not null, -- JSON
    saved_at timestamptz not null,
    deleted  boolean     not null,
    position bigint      not null
);

create index saved_search_of on query_side.saved_search (account, position) where not deleted;
