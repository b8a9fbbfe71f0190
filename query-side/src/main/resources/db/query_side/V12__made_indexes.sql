-- Aliases of Elasticsearch that had an index: where there is none any more, it was lost.
create table query_side.made_index (
    alias   text primary key,
    made_at timestamptz not null default now()
);
