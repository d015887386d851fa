-- What a dump holds in its post-data section and what of it exists: asked of the source to tell what must be there
-- before the data, and of the target to tell what is left to build.
--   class, oid   the catalogue and the row in it, as pg_restore --list prints them; 0 where it prints none
--   listed       the words by which an entry without an oid is found in that list
--   name         the object by kind and name, alike on both sides, for people too
--   immediate    needed before the data: what UPDATE and DELETE are replicated by
--   complete     nothing is left to do for it
--   leftover     an index that an interrupted build left unusable
with quoted_namespace as (
    select oid, '"' || replace(nspname, '"', '""') || '"' as quoted, nspname
    from pg_namespace
    where nspname !~ '^pg_' and nspname not in ('information_schema', 'upshift')
),
relation as (
    select c.oid, c.relname, c.relkind, c.relispopulated, c.relreplident, n.nspname, n.quoted as quoted_namespace,
           n.quoted || '."' || replace(c.relname, '"', '""') || '"' as quoted
    from pg_class c
    join quoted_namespace n on n.oid = c.relnamespace
),
index as (
    select i.indexrelid, r.quoted, r.relname, r.nspname, r.relkind, i.indisvalid,
           i.indisreplident
               -- From 16 on, apply finds a row that is identified by all its columns through any such index.
               or t.relreplident = 'f' and i.indpred is null and i.indexprs is null as identifies
    from pg_index i
    join relation r on r.oid = i.indexrelid
    join relation t on t.oid = i.indrelid
)
select 'pg_constraint'::regclass::oid::bigint as class, c.oid::bigint as oid, '' as listed,
       case c.contype when 'f' then 'foreign key ' when 'c' then 'check constraint ' when 'p' then 'primary key '
                      when 'u' then 'unique constraint ' when 'x' then 'exclusion constraint ' else 'constraint ' end
           || '"' || replace(c.conname, '"', '""') || '" on ' || r.quoted as name,
       c.contype = 'p' or coalesce(i.identifies, false) as immediate,
       true as complete, false as leftover
from pg_constraint c
join relation r on r.oid = c.conrelid
left join index i on i.indexrelid = c.conindid and c.contype in ('u', 'x')
where c.contype <> 't'
union all
select 'pg_constraint'::regclass::oid::bigint, c.oid::bigint, '',
       'check constraint "' || replace(c.conname, '"', '""') || '" on domain ' || n.quoted || '."'
           || replace(t.typname, '"', '""') || '"',
       false, true, false
from pg_constraint c
join pg_type t on t.oid = c.contypid
join quoted_namespace n on n.oid = t.typnamespace
union all
select 'pg_class'::regclass::oid::bigint, i.indexrelid::bigint, '', 'index ' || i.quoted,
       i.identifies,
       -- A partitioned index is invalid until all its partitions are attached: they have entries of their own.
       i.indisvalid or i.relkind = 'I', i.relkind = 'i' and not i.indisvalid
from index i
where not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))
union all
select 0, 0, 'INDEX ATTACH ' || i.nspname || ' ' || i.relname, 'attachment of index ' || i.quoted,
       false, true, false
from pg_inherits h
join index i on i.indexrelid = h.inhrelid
union all
select 'pg_trigger'::regclass::oid::bigint, t.oid::bigint, '',
       'trigger "' || replace(t.tgname, '"', '""') || '" on ' || r.quoted, false, true, false
from pg_trigger t
join relation r on r.oid = t.tgrelid
where not t.tgisinternal
union all
select 'pg_rewrite'::regclass::oid::bigint, w.oid::bigint, '',
       'rule "' || replace(w.rulename, '"', '""') || '" on ' || r.quoted,
       w.rulename = '_RETURN', true, false
from pg_rewrite w
join relation r on r.oid = w.ev_class
union all
select 'pg_statistic_ext'::regclass::oid::bigint, s.oid::bigint, '',
       'statistics ' || n.quoted || '."' || replace(s.stxname, '"', '""') || '"', false, true, false
from pg_statistic_ext s
join quoted_namespace n on n.oid = s.stxnamespace
union all
select 'pg_event_trigger'::regclass::oid::bigint, e.oid::bigint, '',
       'event trigger "' || replace(e.evtname, '"', '""') || '"', false, true, false
from pg_event_trigger e
union all
select 0, r.oid::bigint, '', 'content of materialized view ' || r.quoted, false, r.relispopulated, false
from relation r
where r.relkind = 'm'
