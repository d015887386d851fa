-- The tables of a subscription: how far each is, whether a worker of its own copies it, and how much it has copied.
select namespace.nspname as schema_name,
       class.relname as table_name,
       subscribed.srsubstate::text as letter,
       worker.pid is not null as worker_running,
       null::bigint as copied_bytes,
       null::bigint as copied_rows
  from pg_subscription_rel as subscribed
  join pg_class as class on class.oid = subscribed.srrelid
  join pg_namespace as namespace on namespace.oid = class.relnamespace
  left join pg_stat_subscription as worker
       on worker.subid = subscribed.srsubid and worker.relid = subscribed.srrelid
 where subscribed.srsubid = (
           select subscription.oid
             from pg_subscription as subscription
             join pg_database as database on database.oid = subscription.subdbid
            where subscription.subname = :inbound
              and database.datname = current_database())
   and namespace.nspname <> :helper
