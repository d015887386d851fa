-- Databases are told by what stays when they are renamed. pg_subscription is shared by all databases.
select d.oid::bigint as oid,
       d.datname::text as name,
       array(
           select s.subname::text
           from pg_catalog.pg_subscription as s
           where s.subdbid = d.oid and s.subname = any (:subscriptions)) as subscriptions
from pg_catalog.pg_database as d
where d.oid::bigint = any (:databases)
   or d.oid in (select s.subdbid from pg_catalog.pg_subscription as s where s.subname = any (:subscriptions))
