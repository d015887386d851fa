-- What a role may do with the relations and functions that a pooler's auth_query names. Without a schema they are looked
-- for where a role finds things that has no search_path of its own. A function that mentions where passwords are kept
-- reads them as its owner (SECURITY DEFINER) or as the role.
with used as (
    select u.number, u.name, u.function,
           case when u.schema <> '' then array[u.schema] else array['pg_catalog', :role, 'public'] end as schemas
    from unnest(cast(:schemas as text[]), cast(:names as text[]), cast(:functions as text[])::boolean[])
         with ordinality as u(schema, name, function, number)
),
who as (
    select r.oid, r.rolname from pg_catalog.pg_roles as r where r.rolname = :role
),
relations as (
    select u.number, n.oid as schema, c.oid
    from used as u
    join pg_catalog.pg_namespace as n on n.nspname = any (u.schemas)
    join pg_catalog.pg_class as c on c.relnamespace = n.oid and c.relname = u.name
    where not u.function and c.relkind in ('r', 'p', 'v', 'm', 'f')
),
functions as (
    select u.number, n.oid as schema, p.oid, p.prosecdef, p.proowner,
           pg_catalog.format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)) as name
    from used as u
    join pg_catalog.pg_namespace as n on n.nspname = any (u.schemas)
    join pg_catalog.pg_proc as p on p.pronamespace = n.oid and p.proname = u.name
    where u.function and p.prokind = 'f'
),
readings as (
    select r.number, '' as way, w.oid as role, r.oid as relation
    from relations as r, who as w
    union all
    select f.number, f.name, case when f.prosecdef then f.proowner else w.oid end, c.oid
    from functions as f
    cross join who as w
    join pg_catalog.pg_class as c
        on c.oid in ('pg_catalog.pg_authid'::pg_catalog.regclass, 'pg_catalog.pg_shadow'::pg_catalog.regclass)
    where pg_catalog.strpos(pg_catalog.pg_get_functiondef(f.oid), c.relname::text) > 0
),
schemas as (
    select distinct s.number, n.oid, n.nspname
    from (select number, schema from relations union all select number, schema from functions) as s
    join pg_catalog.pg_namespace as n on n.oid = s.schema
    where n.nspname <> 'pg_catalog'
)
select s.number as used, '' as way, pg_catalog.quote_ident(w.rolname) as role, 'USAGE' as privilege,
       pg_catalog.format('SCHEMA %I', s.nspname) as object, '' as column_name,
       pg_catalog.has_schema_privilege(w.oid, s.oid, 'USAGE') as granted
from schemas as s, who as w
union all
select f.number, '', pg_catalog.quote_ident(w.rolname), 'EXECUTE', 'FUNCTION ' || f.name, '',
       pg_catalog.has_function_privilege(w.oid, f.oid, 'EXECUTE')
from functions as f, who as w
union all
select r.number, r.way, pg_catalog.quote_ident(o.rolname), 'SELECT',
       pg_catalog.format('TABLE %I.%I', n.nspname, c.relname), pg_catalog.quote_ident(a.attname),
       pg_catalog.has_column_privilege(r.role, c.oid, a.attnum, 'SELECT')
from readings as r
join pg_catalog.pg_roles as o on o.oid = r.role
join pg_catalog.pg_class as c on c.oid = r.relation
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
order by 1, 2, 5, 6
