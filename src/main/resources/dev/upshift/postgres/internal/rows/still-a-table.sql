-- Whether the name still leads to a table whose given columns are of types that are PostgreSQL's own, below all domains:
-- nothing that a user has put in a table's place, or a column's, may have its code run with our rights.
with recursive given as (
    select a.attname, t.typnamespace, t.typtype, t.typbasetype
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    where n.nspname = :schema and c.relname = :name and c.relkind in ('r', 'p') and a.attname = any (:columns::text[])
),
below as (
    select * from given
    union all
    select b.attname, t.typnamespace, t.typtype, t.typbasetype
    from below b
    join pg_type t on t.oid = b.typbasetype
    where b.typtype = 'd'
)
select exists (
           select from pg_class c
           join pg_namespace n on n.oid = c.relnamespace
           where n.nspname = :schema and c.relname = :name and c.relkind in ('r', 'p'))
       and (select count(*) from below where typtype in ('b', 'r', 'm') and typnamespace = 'pg_catalog'::regnamespace)
           = cardinality(:columns::text[])
