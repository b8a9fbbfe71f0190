-- Facts a second by which a rebuild comes closer to the head, lately; less than its rate while facts are written, and
-- negative while it falls behind.
alter table query_side.rebuild add column closing double precision not null default 0;
