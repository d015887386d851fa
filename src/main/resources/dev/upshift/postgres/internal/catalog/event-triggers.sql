-- Event triggers that fire in this very session, as it is set. session_replication_role keeps those off that are neither
-- ENABLE ALWAYS nor ENABLE REPLICA; event_triggers, from 17 on, all; but those on login have fired before either is set.
with off as (
    select coalesce(current_setting('event_triggers', true), 'on') = 'off' as entirely,
           current_setting('session_replication_role') = 'replica' as as_replica,
           case when current_setting('server_version_num')::int >= 170000 then 'event_triggers'
                else 'session_replication_role' end as setting
)
select quote_ident(e.evtname) as name, e.evtevent::text as event,
       quote_ident(n.nspname) || '.' || quote_ident(p.proname) as function,
       case when e.evtevent = 'login' then
                format('It fires whenever we sign in; ALTER EVENT TRIGGER %I DISABLE', e.evtname)
            when off.as_replica and e.evtenabled = 'A' then
                format('It is ENABLE ALWAYS; ALTER EVENT TRIGGER %I ENABLE', e.evtname)
            when off.as_replica then
                format('It is ENABLE REPLICA; ALTER EVENT TRIGGER %I DISABLE', e.evtname)
            else
                format('Our role may not keep it off: %sALTER EVENT TRIGGER %I DISABLE',
                       case when current_setting('server_version_num')::int >= 150000
                            then format('GRANT SET ON PARAMETER %s TO %I, or ', off.setting, current_user)
                            else '' end,
                       e.evtname)
       end as remedy
from pg_event_trigger as e
join pg_proc as p on p.oid = e.evtfoid
join pg_namespace as n on n.oid = p.pronamespace
cross join off
where case when e.evtevent = 'login' then e.evtenabled in ('O', 'A')
           when off.entirely then false
           when off.as_replica then e.evtenabled in ('A', 'R')
           else e.evtenabled in ('O', 'A') end
  and (:any or e.evtevent = 'login'
       or e.evtevent <> 'table_rewrite' and (e.evttags is null or e.evttags && cast(:commands as text[])))
  and not exists (select from pg_depend as d
                  where d.classid = 'pg_event_trigger'::regclass and d.objid = e.oid and d.deptype = 'e')
order by e.evtname
