-- Every table that holds rows of its own, partitions included, but for the system's and the control plane's.
select pg_catalog.format('%I.%I', n.nspname, c.relname)
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r'
  and c.relpersistence = 'p'
  and n.nspname not in ('pg_catalog', 'information_schema', 'upshift')
  and n.nspname !~ '^pg_'
