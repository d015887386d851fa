-- What a database lets its clients do. A role's own setting goes before the database's, that before everybody's.
with here as (
    select oid, datallowconn, datconnlimit from pg_database where datname = current_database()
),
chosen as (
    select s.setrole, s.setdatabase, substring(setting from position('=' in setting) + 1) as read_only
    from pg_db_role_setting as s
    cross join lateral unnest(s.setconfig) as setting
    where s.setdatabase in (0, (select oid from here))
      and starts_with(setting, 'default_transaction_read_only=')
)
select here.datallowconn as allows_connections,
       here.datconnlimit as connection_limit,
       (select read_only from chosen where setrole = 0 and setdatabase = here.oid) as database_default,
       (select read_only from chosen where setrole = 0 and setdatabase = 0) as everybodys_default,
       array(select r.rolname::text
             from pg_roles as r
             cross join lateral (
                 select read_only from chosen where setrole = r.oid order by setdatabase desc limit 1) as own
             where r.rolcanlogin
               and own.read_only::boolean
             order by 1) as read_only_roles,
       (select rolsuper from pg_roles where rolname = current_user) as reads_files
from here
