-- setval is not undone by a rollback, so everything is examined before the first one is called.
with wanted as materialized (
    select w.schema, w.name, w.last_value, w.called, s.seqrelid,
           case
               when s.seqrelid is null then 'is missing'
               when not has_sequence_privilege(s.seqrelid, 'UPDATE') then 'may not be set by ' || current_user
               when not has_sequence_privilege(s.seqrelid, 'SELECT') then 'may not be read by ' || current_user
               when w.last_value not between s.seqmin and s.seqmax
                   then format('cannot hold %s, its range is %s to %s', w.last_value, s.seqmin, s.seqmax)
           end as obstacle
    from unnest(:schemas::text[], :names::text[], :values::bigint[], :called::boolean[])
        as w (schema, name, last_value, called)
    left join pg_namespace as n on n.nspname = w.schema
    left join pg_class as c on c.relnamespace = n.oid and c.relname = w.name and c.relkind = 'S'
    left join pg_sequence as s on s.seqrelid = c.oid
)
-- What sets them stands in what is asked for itself: a part that nobody asks for need not be run at all.
select count(case when examined.free then setval(w.seqrelid::regclass, w.last_value, w.called) end) as number,
       array_agg(format('%I.%I %s', w.schema, w.name, w.obstacle) order by w.schema, w.name)
           filter (where w.obstacle is not null) as obstacles
from wanted as w
cross join (select not exists (select from wanted where obstacle is not null) as free) as examined
