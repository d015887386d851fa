-- Triggers of replicated tables that fire where replication brings rows: whoever copies or applies has
-- session_replication_role = replica, which leaves those that are ENABLE ALWAYS or ENABLE REPLICA. Apply changes rows one by
-- one and truncates, a copy is a COPY: what is for each statement of UPDATE or DELETE fires in neither, nor does any rule.
-- Rows are changed in the leaves, so what a partitioned table has for each statement does not fire; of what it has for each
-- row every leaf has a clone, which is named by the uppermost that is enabled like it. Up to 14 a clone counts as
-- internal, hence triggers of constraints are told by their constraint. Which tables are the user's, as in tables.sql.
select format('%I on %I.%I', g.tgname, n.nspname, c.relname) as name,
       g.tgenabled = 'A' as always,
       format('ALTER TABLE %I.%I %s TRIGGER %I',
              n.nspname, c.relname, case g.tgenabled when 'A' then 'ENABLE' else 'DISABLE' end, g.tgname) as remedy
from pg_trigger as g
join pg_class as c on c.oid = g.tgrelid
join pg_namespace as n on n.oid = c.relnamespace
where g.tgenabled in ('A', 'R')
  and (g.tgtype & 1 <> 0 or c.relkind = 'r' and g.tgtype & (4 | 32) <> 0) -- for each row, or of INSERT or TRUNCATE
  and c.relkind in ('r', 'p')
  and c.relpersistence = 'p'
  and n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'upshift')
  and not exists (select from pg_constraint as k where k.oid = g.tgconstraint and k.contype <> 't')
  and not exists (select from pg_trigger as p where p.oid = g.tgparentid and p.tgenabled in ('A', 'R'))
  and not exists (
      select from pg_depend as d
      where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0 and d.deptype = 'e')
order by n.nspname collate "C", c.relname collate "C", g.tgname collate "C"
