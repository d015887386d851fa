-- pg_subscription is shared by all databases, so only this one's; the column subconninfo is not for every role, so
-- the columns one by one. What we alter we comment in the same transaction: where the row and the comment have one
-- writer, it was us. From 15 on a subscription can be told to pass over a transaction. The leading worker has neither a
-- table of its own nor (from 16 on) a leader.
select s.subname::text as name,
       s.oid::bigint as oid,
       s.subenabled as enabled,
       concat_ws('/', s.oid, s.subslotname, s.subpublications, /* skip */ null) as reads,
       s.xmin::text as writer,
       coalesce(c.xmin = s.xmin, false) as ours,
       w.pid as worker_pid,
       w.received_lsn::text as received_lsn,
       w.latest_end_lsn::text as latest_end_lsn,
       coalesce((to_jsonb(e) ->> 'apply_error_count')::bigint, 0) as apply_errors,
       coalesce((to_jsonb(e) ->> 'sync_error_count')::bigint, 0) as sync_errors
from pg_subscription as s
left join pg_stat_subscription as w
    on w.subid = s.oid and w.relid is null and to_jsonb(w) ->> 'leader_pid' is null
left join /* errors */ as e on e.subid = s.oid
left join pg_description as c
    on c.objoid = s.oid and c.classoid = 'pg_subscription'::regclass and c.objsubid = 0 and c.description = :mark
where s.subname = :name
  and s.subdbid = (select oid from pg_database where datname = current_database())
