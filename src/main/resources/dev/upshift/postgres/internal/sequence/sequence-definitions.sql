-- Whether any sequence was created, dropped, altered or renamed: a sum over all of their definitions and names.
select concat_ws(
           '/',
           count(*),
           sum(s.xmin::text::bigint * s.seqrelid::bigint),
           sum(hashtext(s.seqrelid::regclass::text) * s.seqrelid::bigint)) as definitions
from pg_sequence as s
