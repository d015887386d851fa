-- Starts from pg_sequence: elsewhere pg_sequence_last_value may be asked about something that is no sequence.
-- It answers fast, but nothing for a sequence that was never called; only those are then read themselves, each about
-- ten times as dear, and by one generated statement with a branch per sequence a hundred times (10 s for 2,000 on 13).
select n.nspname as schema,
       c.relname as name,
       coalesce(v.last_value, substring(own.contents from '<last_value>(-?\d+)<')::bigint) as last_value,
       coalesce(v.last_value is not null or own.contents ~ '<is_called>true<', false) as called,
       s.seqincrement as increment,
       s.seqmin as minimum,
       s.seqmax as maximum,
       s.seqcycle as cycles
from pg_sequence as s
join pg_class as c on c.oid = s.seqrelid
join pg_namespace as n on n.oid = c.relnamespace
cross join lateral (select pg_sequence_last_value(s.seqrelid::regclass) as last_value offset 0) as v
cross join lateral (
    select case
               when v.last_value is null then
                   query_to_xml(
                       format('select last_value, is_called from %I.%I', n.nspname, c.relname), false, false, '')::text
           end as contents
    offset 0
) as own
where c.relpersistence <> 't'
  and n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'upshift')
  and not exists (
      select from pg_depend as d
      where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0 and d.deptype = 'e')
order by n.nspname collate "C", c.relname collate "C"
