-- Names as people type them: without case, accents and width, as Folding has it for messages. Both sides of a comparison
-- go through it, so that it need not be the same to the letter.
create function query_side.folded(name text) returns text language sql immutable strict parallel safe as $$
    select replace(replace(replace(replace(
        translate(lower(regexp_replace(normalize(name, NFKD), U&'[\0300-\036F]', '', 'g')), 'ςøłđðħŧı', 'σolddhti'),
        'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
$$;

-- The words of a title, whatever punctuation is between them.
create function query_side.title_words(title text) returns tsvector language sql immutable strict parallel safe as $$
    select to_tsvector('pg_catalog.simple'::regconfig,
        regexp_replace(query_side.folded(title), '[!-/:-@[-`{-~]+', ' ', 'g'))
$$;

-- An archived nick is found without the name of its archive.
create index account_name on query_side.account (query_side.folded(split_part(username, '@', 1)));
create index conversation_title on query_side.conversation using gin (query_side.title_words(title));
