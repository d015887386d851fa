-- Tables whose columns were written to the catalogue since a transaction id, but not those that are new: what a table is
-- made of is not replicated, and neither are the rows that ALTER TABLE writes anew. Whoever created the table wrote its
-- row type. The id of a row's writer stays to be read long after it was frozen, and may have come round by then; hence
-- only those of a short time. Of ten thousand tables there are some hundred thousand columns, so one call for each.
with written as materialized (
    select distinct a.attrelid
    from pg_attribute as a
    where a.attnum > 0
      and age(a.xmin) <= (select age(:since::xid))
      and age(a.xmin) > -100000000
)
select n.nspname as schema, c.relname as name
from written as w
join pg_class as c on c.oid = w.attrelid
join pg_namespace as n on n.oid = c.relnamespace
join pg_type as t on t.oid = c.reltype
where c.relkind in ('r', 'p')
  and c.relpersistence <> 't'
  and n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'upshift')
  and not (age(t.xmin) <= (select age(:since::xid)) and age(t.xmin) > -100000000)
order by n.nspname collate "C", c.relname collate "C"
