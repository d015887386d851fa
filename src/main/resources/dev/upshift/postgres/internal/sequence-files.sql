-- Whether any sequence was created, dropped, renamed, or restarted, which gives it another file: a sum over all of them.
select concat_ws('/', count(*), sum(hashint8extended((c.oid::bigint << 32) # c.relfilenode::bigint, 0)
                                    # hashname(c.relname))) as files
from pg_sequence as s
join pg_class as c on c.oid = s.seqrelid
where c.relpersistence <> 't'
