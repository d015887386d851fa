-- What the session's role lacks for the duties that are asked about, each with what would give it. A superuser lacks
-- nothing. The role pg_create_subscription exists from 16 on; below it only a superuser may subscribe.
with me as (
    select oid, rolname, rolsuper, rolreplication from pg_catalog.pg_roles where rolname = current_user
),
here as (
    select oid, datname, datdba from pg_catalog.pg_database where datname = pg_catalog.current_database()
),
foreign_table as (
    select n.nspname, c.relname
    from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p')
      and c.relpersistence = 'p'
      and n.nspname !~ '^pg_'
      and n.nspname not in ('information_schema', 'upshift')
      and not pg_catalog.pg_has_role(c.relowner, 'USAGE')
      and not exists (
          select from pg_catalog.pg_depend as d
          where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            and d.objid = c.oid and d.objsubid = 0 and d.deptype = 'e')
),
wanted (duty, granted, what, remedy) as (
    select 'FENCE', pg_catalog.pg_has_role(here.datdba, 'USAGE'),
           'raise and lift the fence of the database (ALTER DATABASE)',
           pg_catalog.format('GRANT %I TO %I', pg_catalog.pg_get_userbyid(here.datdba), me.rolname)
    from me, here
    union all
    select 'FENCE', coalesce(pg_catalog.pg_has_role('pg_signal_backend', 'USAGE'), false),
           'end sessions of clients',
           pg_catalog.format('GRANT pg_signal_backend TO %I', me.rolname)
    from me
    union all
    select 'HARD_FENCE', false,
           'raise the hard fence (CONNECTION LIMIT 0), which would lock it out as well because it is no superuser',
           pg_catalog.format('choose the soft fence in the project''s settings, or ALTER ROLE %I SUPERUSER', me.rolname)
    from me
    union all
    select 'SLOTS', me.rolreplication,
           'make, move and drop replication slots',
           pg_catalog.format('ALTER ROLE %I REPLICATION', me.rolname)
    from me
    union all
    select 'SUBSCRIBE',
           coalesce((select pg_catalog.pg_has_role(oid, 'USAGE')
                     from pg_catalog.pg_roles where rolname = 'pg_create_subscription'), false),
           'create a subscription',
           case when pg_catalog.current_setting('server_version_num')::int >= 160000
                then pg_catalog.format('GRANT pg_create_subscription TO %I', me.rolname)
                else pg_catalog.format('ALTER ROLE %I SUPERUSER (below PostgreSQL 16 nobody else may)', me.rolname)
           end
    from me
    union all
    select 'SUBSCRIBE', pg_catalog.has_database_privilege(here.oid, 'CREATE'),
           'create a subscription in the database',
           pg_catalog.format('GRANT CREATE ON DATABASE %I TO %I', here.datname, me.rolname)
    from me, here
    union all
    select 'SUBSCRIBE', pg_catalog.has_function_privilege(f.oid, 'EXECUTE'),
           'set where a subscription begins (' || f.proname || ')',
           pg_catalog.format('GRANT EXECUTE ON FUNCTION %s TO %I', f.oid::pg_catalog.regprocedure, me.rolname)
    from me, pg_catalog.pg_proc as f
    where f.pronamespace = 'pg_catalog'::pg_catalog.regnamespace
      and f.proname in ('pg_replication_origin_advance', 'pg_replication_origin_progress')
    union all
    select 'PUBLISH', pg_catalog.has_database_privilege(here.oid, 'CREATE'),
           'create a publication in the database',
           pg_catalog.format('GRANT CREATE ON DATABASE %I TO %I', here.datname, me.rolname)
    from me, here
    union all
    select 'PUBLISH', false,
           pg_catalog.format(
               'publish %s tables that it does not own, among them %I.%I',
               (select count(*) from foreign_table), one.nspname, one.relname),
           pg_catalog.format('GRANT %s TO %I', 'the roles that own them', me.rolname)
    from me, (select nspname, relname from foreign_table order by nspname, relname limit 1) as one
    union all
    select 'SENTINEL',
           pg_catalog.has_table_privilege(c.oid, 'SELECT')
               and pg_catalog.has_table_privilege(c.oid, 'INSERT')
               and pg_catalog.has_table_privilege(c.oid, 'UPDATE')
               and pg_catalog.has_table_privilege(c.oid, 'DELETE'),
           'write to the table upshift.sentinel',
           pg_catalog.format('GRANT USAGE ON SCHEMA upshift TO %1$I; GRANT SELECT, INSERT, UPDATE, DELETE ON upshift.sentinel TO %1$I', me.rolname)
    from me, pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where n.nspname = 'upshift' and c.relname = 'sentinel'
    union all
    select 'LINK', pg_catalog.pg_has_role(s.subowner, 'USAGE'),
           pg_catalog.format('disable and drop the subscription %I', s.subname),
           pg_catalog.format('ALTER SUBSCRIPTION %I OWNER TO %I', s.subname, me.rolname)
    from me, here, pg_catalog.pg_subscription as s
    where s.subdbid = here.oid and s.subname = :link
    union all
    select 'LINK', pg_catalog.pg_has_role(p.pubowner, 'USAGE'),
           pg_catalog.format('change and drop the publication %I', p.pubname),
           pg_catalog.format('ALTER PUBLICATION %I OWNER TO %I', p.pubname, me.rolname)
    from me, pg_catalog.pg_publication as p
    where p.pubname = :link
)
select wanted.what, wanted.remedy
from wanted, me
where not me.rolsuper
  and not wanted.granted
  and wanted.duty = any (:duties)
order by wanted.duty, wanted.what
