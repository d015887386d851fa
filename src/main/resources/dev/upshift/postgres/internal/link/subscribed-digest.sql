-- As published-digest.sql, for subscribed-objects.sql and the state of the subscription with the writer of its
-- row, where that may be read (see subscription.sql), who shows what was altered and put back.
select concat_ws(
           '/',
           (select count(*) || '+' || sum((hashname(c.relname) # c.relnamespace::integer) * c.oid::bigint)
              from pg_class as c
             where c.relnamespace not in (
                 select n.oid from pg_namespace as n where n.nspname ~ '^pg_' or n.nspname = 'information_schema')),
           (select sum(hashname(n.nspname) * n.oid::bigint)
              from pg_namespace as n
             where n.nspname !~ '^pg_'),
           (select sum(c.oid::bigint)
              from pg_inherits as i
              join pg_class as c on c.oid = i.inhrelid
             where c.relpersistence = 'u'),
           (select concat_ws('+', s.oid, s.subenabled, s.subslotname, s.subpublications,
                       case
                           when has_column_privilege('pg_catalog.pg_subscription', 'xmin', 'SELECT') then
                               query_to_xml(
                                   format('select xmin from pg_catalog.pg_subscription where oid = %s', s.oid),
                                   false, false, '')::text
                       end)
              from pg_subscription as s
             where s.subname = :subscription
               and s.subdbid = (select oid from pg_database where datname = current_database())),
           (select count(*) || '+' || sum(
                       hashint8extended(
                           (r.srrelid::bigint << 8) # ascii(r.srsubstate::text), coalesce(r.srsublsn - '0/0', 0)::bigint))
              from pg_subscription_rel as r
             where r.srsubid = (
                 select s.oid
                   from pg_subscription as s
                  where s.subname = :subscription
                    and s.subdbid = (select oid from pg_database where datname = current_database())))) as digest
