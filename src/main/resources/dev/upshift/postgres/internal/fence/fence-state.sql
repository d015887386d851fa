select d.datconnlimit as connection_limit,
       (select substring(setting from position('=' in setting) + 1)
        from pg_db_role_setting as s
        cross join lateral unnest(s.setconfig) as setting
        where s.setdatabase = d.oid
          and s.setrole = 0
          and setting like 'default\_transaction\_read\_only=%') as read_only_default
from pg_database as d
where d.datname = current_database()
