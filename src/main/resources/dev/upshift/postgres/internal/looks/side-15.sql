-- What a side tells about one database of a project: itself, the slot of the link that leads away from it, and the
-- subscription of the link that leads to it. Always one row.
select position.write_lsn,
       database.fenced,
       slot.slot_name is not null                               as slot_exists,
       slot.active                                              as slot_active,
       slot.confirmed_flush_lsn,
       slot.wal_status,
       position.at                                              as observed_at,
       position.flush_lsn,
       coalesce(slot.database::text, '')                        as slot_database,
       coalesce(slot.plugin::text, '')                          as plugin,
       slot.restart_lsn,
       slot.active_pid,
       sender.backend_start                                     as sender_since,
       -- A refusal would end the statement, and what a branch holds is checked whether it is taken or not: hence the
       -- text that is a statement of its own.
       substring(
           case
               when slot.slot_name is not null and has_function_privilege('pg_stat_file(text)', 'execute') then
                   query_to_xml(
                       'select extract(epoch from (pg_stat_file(''pg_replslot'')).modification)::bigint as seconds',
                       false, false, '')::text
           end
           from '<seconds>(\d+)<')::bigint                      as slots_changed,
       coalesce(
           (select publication.oid || '/' || publication.xmin
              from pg_publication as publication
             where publication.pubname = slot.slot_name),
           'none')                                              as publication,
       pg_wal_lsn_diff(position.write_lsn, slot.restart_lsn)    as retained_bytes,
       extract(epoch from coalesce(sender.flush_lag, sender.replay_lag, sender.write_lag)) * 1000
                                                                as reported_lag_millis,
       subscription.oid is not null                             as subscription_exists,
       subscription.subenabled                                  as subscription_enabled,
       worker.pid                                               as worker,
       errors.apply_error_count                                 as apply_errors,
       errors.sync_error_count                                  as sync_errors,
       subscribed.not_ready,
       subscribed.fingerprint
  from (select case when pg_is_in_recovery() then coalesce(pg_last_wal_replay_lsn(), '0/0') else pg_current_wal_lsn() end as write_lsn,
               case when pg_is_in_recovery() then '0/0' else pg_current_wal_flush_lsn() end as flush_lsn,
               clock_timestamp() as at)
           as position
 cross join lateral (
       select oid,
              datconnlimit = 0 or exists (
                  select from pg_db_role_setting setting
                   where setting.setdatabase = pg_database.oid
                     and setting.setrole = 0
                     and 'default_transaction_read_only=on' = any (setting.setconfig)) as fenced
         from pg_database
        where datname = current_database()) as database
  left join pg_replication_slots as slot on slot.slot_name = :outbound
  left join pg_stat_replication as sender on sender.pid = slot.active_pid
  left join pg_subscription as subscription
       on subscription.subname = :inbound and subscription.subdbid = database.oid
  -- Tables that are being copied and, from 16 on, parallel apply workers have rows of their own. The column leader_pid
  -- is read from a document because older servers do not have it.
  left join pg_stat_subscription as worker
       on worker.subid = subscription.oid
      and worker.relid is null
      and to_jsonb(worker) ->> 'leader_pid' is null
  left join pg_stat_subscription_stats as errors on errors.subid = subscription.oid
 cross join lateral (
       select count(*) filter (where srsubstate <> 'r') as not_ready,
              sum(hashtextextended(srrelid || srsubstate::text, 0)) as fingerprint
         from pg_subscription_rel
        where srsubid = subscription.oid) as subscribed
