-- What takes part in replication of this database and is not ours; of a subscription only the names may be read.
select 'slot' as kind, slot_name::text as name, coalesce(plugin::text, slot_type) as of_whom
  from pg_catalog.pg_replication_slots
 where (database = pg_catalog.current_database() or database is null)
   and not temporary
   and slot_name not like 'upshift\_%'
   and slot_name !~ '^pg_[0-9]+_sync_[0-9]+_[0-9]+$'
union all
select 'subscription', subname::text, ''
  from pg_catalog.pg_subscription
 where subdbid = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())
   and subname not like 'upshift\_%'
 order by 1, 2
