-- Triggers that TRUNCATE of these tables, and of what inherits from them, would fire in this session.
with recursive emptied as (
    select c.oid, n.nspname, c.relname
    from unnest(:schemas::text[], :names::text[]) as t (schema, name)
    join pg_namespace as n on n.nspname = t.schema
    join pg_class as c on c.relnamespace = n.oid and c.relname = t.name
    union
    select c.oid, n.nspname, c.relname
    from emptied as e
    join pg_inherits as i on i.inhparent = e.oid
    join pg_class as c on c.oid = i.inhrelid
    join pg_namespace as n on n.oid = c.relnamespace
)
select format('%I on %I.%I', g.tgname, e.nspname, e.relname)
from emptied as e
join pg_trigger as g on g.tgrelid = e.oid
where not g.tgisinternal
  and g.tgtype & 32 <> 0
  and g.tgenabled in ('A', case current_setting('session_replication_role') when 'replica' then 'R' else 'O' end)
order by 1
