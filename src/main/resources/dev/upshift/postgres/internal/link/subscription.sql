-- pg_subscription is shared by all databases, so only this one's; the column subconninfo is not for every role, so
-- the columns one by one. Neither is xmin unless it was granted; a statement that names it is refused as a whole, so it is
-- read by one of its own. What we alter we comment in the same transaction: where the row and the comment have one
-- writer, it was us. From 15 on a subscription can be told to pass over a transaction. The leading worker has neither a
-- table of its own nor (from 16 on) a leader.
select s.subname::text as name,
       s.oid::bigint as oid,
       s.subenabled as enabled,
       concat_ws('/', s.oid, s.subslotname, s.subpublications, /* skip */ null) as reads,
       coalesce(row.writer, '') as writer,
       coalesce(c.xmin::text = row.writer, false) as ours,
       w.pid as worker_pid,
       w.received_lsn::text as received_lsn,
       w.latest_end_lsn::text as latest_end_lsn,
       coalesce((to_jsonb(e) ->> 'apply_error_count')::bigint, 0) as apply_errors,
       coalesce((to_jsonb(e) ->> 'sync_error_count')::bigint, 0) as sync_errors
from pg_subscription as s
cross join lateral (
    select case
               when has_column_privilege('pg_catalog.pg_subscription', 'xmin', 'SELECT') then
                   substring(query_to_xml(
                                 format('select xmin::text as writer from pg_catalog.pg_subscription where oid = %s', s.oid),
                                 false, false, '')::text
                             from '<writer>(\d+)<')
           end as writer
    offset 0) as row
left join pg_stat_subscription as w
    on w.subid = s.oid and w.relid is null and to_jsonb(w) ->> 'leader_pid' is null
left join /* errors */ as e on e.subid = s.oid
left join pg_description as c
    on c.objoid = s.oid and c.classoid = 'pg_subscription'::regclass and c.objsubid = 0 and c.description = :mark
where s.subname = :name
  and s.subdbid = (select oid from pg_database where datname = current_database())
