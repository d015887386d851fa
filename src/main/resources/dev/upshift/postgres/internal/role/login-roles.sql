-- The roles with which people and programs sign in: usually not ours and not the one that initdb made, unless they were
-- asked for by name. Verifiers are only compared, so their digests are enough.
select r.rolname::text as name,
       r.rolcanlogin as may_login,
       coalesce(r.rolvaliduntil < pg_catalog.now(), false) as expired,
       r.rolconnlimit as connection_limit,
       pg_catalog.has_database_privilege(r.oid, d.oid, 'CONNECT') as may_connect,
       /* verifier */ as verifier,
       array(select case when s.setdatabase = 0 then '' else 'in the database ' end || one
             from pg_catalog.pg_db_role_setting as s
             cross join unnest(s.setconfig) as one
             where s.setrole = r.oid and s.setdatabase in (0, d.oid)
             order by 1)::text[] as settings,
       array(select distinct g.rolname::text
             from pg_catalog.pg_auth_members as m
             join pg_catalog.pg_roles as g on g.oid = m.roleid
             where m.member = r.oid
             order by 1)::text[] as memberships,
       array_remove(array[
           case when r.rolsuper then 'superuser' end,
           case when r.rolcreaterole then 'createrole' end,
           case when r.rolcreatedb then 'createdb' end,
           case when r.rolreplication then 'replication' end,
           case when r.rolbypassrls then 'bypassrls' end,
           case when not r.rolinherit then 'noinherit' end], null)::text[] as attributes
from pg_catalog.pg_roles as r
cross join (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database()) as d
/* authid */
where /* which */
order by r.rolname collate "C"
