-- Functions that generated columns, indexes and check constraints call, and that call others without their schema: what a
-- restore, a copy and an index build evaluate, they evaluate with an empty search_path. Judged by the text, because to
-- call somebody's function to find out would be to run it with our rights.
--   function   with its arguments, as ALTER FUNCTION takes it
--   callee     what it calls, with its schema; schema: all of those, as they are written
--   used_by    an example of what uses it
with used as (
    select d.refobjid as oid,
           min(case d.classid
                   when 'pg_attrdef'::regclass then 'a generated column of ' || a.adrelid::regclass
                   when 'pg_constraint'::regclass then 'constraint ' || quote_ident(c.conname)
                   else case when i.relkind in ('i', 'I') then 'index ' else 'a generated column of ' end
                       || d.objid::regclass end) as used_by
    from pg_depend d
    left join pg_attrdef a on d.classid = 'pg_attrdef'::regclass and a.oid = d.objid
    left join pg_attribute g on g.attrelid = a.adrelid and g.attnum = a.adnum
    left join pg_constraint c on d.classid = 'pg_constraint'::regclass and c.oid = d.objid
    left join pg_class i on d.classid = 'pg_class'::regclass and i.oid = d.objid
    where d.refclassid = 'pg_proc'::regclass and d.refobjid >= 16384
      -- Before 15 a generated column depends on the function by itself, later its expression does.
      and (g.attgenerated <> '' or c.contype = 'c' or i.relkind in ('i', 'I')
           or i.relkind in ('r', 'p') and d.objsubid > 0)
    group by d.refobjid
)
select p.oid::regprocedure::text as function,
       min(format('%I.%I', n.nspname, q.proname)) as callee,
       string_agg(distinct quote_ident(n.nspname), ', ') as schema,
       u.used_by
from used u
join pg_proc p on p.oid = u.oid
join pg_language l on l.oid = p.prolang and l.lanname in ('sql', 'plpgsql')
join pg_proc q on q.oid >= 16384 and q.oid <> p.oid and q.proname ~ '^\w+$'
    and p.prosrc ~* ('(^|[^.\w"])' || q.proname || '\s*\(')
join pg_namespace n on n.oid = q.pronamespace
where not exists (select from unnest(p.proconfig) s where s ilike 'search_path=%')
  -- What pg_catalog has under that name is found in any case.
  and not exists (select from pg_proc b where b.pronamespace = 'pg_catalog'::regnamespace and b.proname = q.proname)
group by p.oid, u.used_by
order by 1
