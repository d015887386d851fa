-- setval is not undone by a rollback, so everything is examined before the first one is called.
with wanted as materialized (
    select w.schema, w.name, w.last_value, w.called,
           s.seqrelid, s.seqmin, s.seqmax,
           case
               when s.seqrelid is null then 'is missing'
               when not has_sequence_privilege(s.seqrelid, 'UPDATE') then 'may not be set by ' || current_user
               when w.last_value not between s.seqmin and s.seqmax
                   then format('cannot hold %s, its range is %s to %s', w.last_value, s.seqmin, s.seqmax)
           end as obstacle
    from unnest(:schemas::text[], :names::text[], :values::bigint[], :called::boolean[])
        as w (schema, name, last_value, called)
    left join pg_namespace as n on n.nspname = w.schema
    left join pg_class as c on c.relnamespace = n.oid and c.relname = w.name and c.relkind = 'S'
    left join pg_sequence as s on s.seqrelid = c.oid
),
done as materialized (
    select setval(seqrelid::regclass, last_value, called)
    from wanted
    where not exists (select from wanted where obstacle is not null)
),
-- Without somebody who reads it, the part above would not be run.
counted as (
    select count(*) as number from done
)
select format('%I.%I %s', w.schema, w.name, w.obstacle) as obstacle
from wanted as w
cross join counted
where w.obstacle is not null
order by 1
