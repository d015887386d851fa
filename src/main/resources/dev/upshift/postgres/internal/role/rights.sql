-- One sum of all that decides what our role may do in this database and with what others sign in there, and of the code
-- that our statements may fire. What a fence of
-- ours changes (the database's own settings, its connection limit) is left out, so that the sum is the same before it
-- was raised and behind it.
select pg_catalog.md5(pg_catalog.concat_ws(
    '/',
    current_user,
    (select string_agg(pg_catalog.format('%s', r), ',' order by r.oid) from pg_catalog.pg_roles as r),
    (select string_agg(pg_catalog.format('%s', m), ',' order by m.roleid, m.member, m.grantor)
     from pg_catalog.pg_auth_members as m),
    (select string_agg(pg_catalog.format('%s', s), ',' order by s.setdatabase, s.setrole)
     from pg_catalog.pg_db_role_setting as s
     where s.setrole <> 0 and s.setdatabase in (0, d.oid)),
    pg_catalog.format('%s %s %s', d.datdba, d.datacl, d.datallowconn),
    (select string_agg(pg_catalog.format('%s %s', p.oid, p.proacl), ',' order by p.oid)
     from pg_catalog.pg_proc as p
     where p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace
       and p.proname in ('pg_replication_origin_advance', 'pg_replication_origin_progress')),
    (select pg_catalog.format('%s %s', n.nspowner, n.nspacl) from pg_catalog.pg_namespace as n where n.nspname = 'upshift'),
    (select pg_catalog.format('%s %s', c.relowner, c.relacl)
     from pg_catalog.pg_class as c
     join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
     where n.nspname = 'upshift' and c.relname = 'sentinel'),
    (select s.subowner from pg_catalog.pg_subscription as s where s.subdbid = d.oid and s.subname = :link),
    (select p.pubowner from pg_catalog.pg_publication as p where p.pubname = :link),
    (select string_agg(pg_catalog.format('%s', e), ',' order by e.oid) from pg_catalog.pg_event_trigger as e),
    /* verifiers */ null::text))
from pg_catalog.pg_database as d
where d.datname = pg_catalog.current_database()
