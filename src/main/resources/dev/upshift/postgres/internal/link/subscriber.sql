-- pg_subscription is shared by all databases, and all of them are asked for. From 14 on no privilege is needed.
select control.system_identifier,
       (select d.oid::bigint from pg_catalog.pg_database as d where d.datname = current_database()) as database,
       array(select s.oid::bigint from pg_catalog.pg_subscription as s) as subscriptions
from pg_catalog.pg_control_system() as control
