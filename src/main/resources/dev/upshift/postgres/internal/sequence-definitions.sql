-- Whether any sequence was created, dropped or altered: a sum over all of their definitions.
select concat_ws('/', count(*), sum(s.xmin::text::bigint * s.seqrelid::bigint)) as definitions
from pg_sequence as s
