-- The labels of enums in their order: name as in schema-objects.sql, and both as they are written in statements.
select n.nspname || '.' || t.typname as name, format('%I.%I', n.nspname, t.typname) as written,
       quote_literal(e.enumlabel) as label
from pg_enum e
join pg_type t on t.oid = e.enumtypid
join pg_namespace n on n.oid = t.typnamespace
where n.nspname || '.' || t.typname in (:names)
order by 1, e.enumsortorder
