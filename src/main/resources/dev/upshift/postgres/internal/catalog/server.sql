select
    control.system_identifier,
    pg_is_in_recovery() as in_recovery,
    current_setting('wal_level') as wal_level,
    current_user::text as "user",
    role.rolsuper as superuser,
    role.rolsuper or role.rolreplication as may_replicate,
    current_setting('max_replication_slots')::int
        - (select count(*) from pg_replication_slots)::int as free_slots,
    current_setting('max_wal_senders')::int
        - (select count(*) from pg_stat_replication)::int as free_senders
from pg_control_system() as control
cross join pg_roles as role
where role.rolname = current_user
