-- Who or what may write in the database in spite of its fence: roles with a setting of their own, what is subscribed to
-- from elsewhere, and background workers of extensions.
with here as (
    select oid from pg_database where datname = current_database()
),
own as (
    select s.setrole, s.setdatabase <> 0 as here,
           substring(setting from position('=' in setting) + 1)::boolean as read_only
    from pg_db_role_setting as s
    cross join lateral unnest(s.setconfig) as setting
    where s.setrole <> 0
      and s.setdatabase in (0, (select oid from here))
      and starts_with(setting, 'default_transaction_read_only=')
)
select 'ROLE' as kind, r.rolname::text as name, r.rolsuper as superuser, chosen.here
from pg_roles as r
cross join lateral (
    select own.here, own.read_only from own where own.setrole = r.oid order by own.here desc limit 1) as chosen
where not chosen.read_only
  and r.rolcanlogin
  and r.rolname <> current_user
  and has_database_privilege(r.oid, (select oid from here), 'CONNECT')
union all
select 'SUBSCRIPTION', subname::text, false, true
from pg_subscription
where subdbid = (select oid from here)
  and subenabled
union all
select distinct 'WORKER', backend_type, false, true
from pg_stat_activity
where datid = (select oid from here)
  and backend_type not in ('client backend', 'autovacuum worker', 'parallel worker', 'walsender', 'slotsync worker')
  and backend_type not like 'logical replication%'
order by kind, name
