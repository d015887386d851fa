-- A sum over the sessions of the database that could set something, as in at-work-since.sql.
select count(*) || '/' || coalesce(sum(hashint8extended(a.pid, hashtext(coalesce(a.backend_start::text, '')))), 0)
from pg_stat_activity as a
where a.datname = current_database()
  and a.pid <> pg_backend_pid()
  and not (a.usename = current_user
           and (a.application_name = :ours or starts_with(a.application_name, :ours || ' run ')
                or starts_with(a.application_name, :ours || '_')))
  and (a.backend_type is null
       or a.backend_type not in ('autovacuum worker', 'parallel worker', 'walsender')
          and a.backend_type not like 'logical replication%')
