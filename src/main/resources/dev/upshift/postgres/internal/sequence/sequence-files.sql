-- Whether any sequence was created, dropped, renamed, or restarted, which gives it another file: a sum over all of them.
-- By functions that look into the server's caches: 5 ms for 10,000 on 13 and 17, where a join with pg_class takes 12.
select concat_ws(
           '/',
           count(*),
           sum(hashint8extended((s.seqrelid::bigint << 32) # pg_relation_filenode(s.seqrelid)::bigint, 0)
               # hashtext(s.seqrelid::regclass::text))) as files
from pg_sequence as s
