-- Every object of the database's schema, one row each, in words that do not depend on the server's version.
--   kind, name   what it is and what it is called; alike on both sides
--   parent       kind and name of what it belongs to, if anything: not worth a line when that is missing as a whole
--   definition   one property a line
--   held_back    whether a copy builds it only after the data
with namespace as (
    select oid, nspname, nspowner, nspacl
    from pg_namespace
    where nspname !~ '^pg_' and nspname not in ('information_schema', 'upshift')
),
-- What belongs to an extension comes and goes with it; what a type brings along differs from version to version.
foreign_made as (
    select classid, objid from pg_depend where deptype = 'e'
    union
    select classid, objid from pg_depend
    where deptype = 'i' and classid = 'pg_proc'::regclass and refclassid = 'pg_type'::regclass
),
comment as (
    select classoid, objoid, objsubid, 'comment ' || description as line from pg_description
),
relation as (
    select c.oid, c.relname, c.relkind, c.relowner, c.relacl, c.relpersistence, c.relispartition, c.relreplident,
           c.relrowsecurity, c.relforcerowsecurity, c.reloptions, c.relpartbound, c.reloftype, n.nspname,
           n.nspname || '.' || c.relname as name,
           case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence'
                          when 'c' then 'type' when 'f' then 'foreign table' else 'table' end as kind
    from pg_class c
    join namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'S', 'c', 'f')
      and c.relpersistence <> 't'
      and not exists (select from foreign_made f where f.classid = 'pg_class'::regclass and f.objid = c.oid)
),
index as (
    select i.indexrelid, i.indrelid, i.indisvalid, i.indisclustered, c.relname, c.reloptions,
           i.indisreplident,
           i.indisreplident or t.relreplident = 'f' and i.indpred is null and i.indexprs is null as identifies
    from pg_index i
    join pg_class c on c.oid = i.indexrelid
    join relation t on t.oid = i.indrelid
),
-- Every grant in one form: what was never granted is what the owner has by default.
granted as (
    select 'pg_class'::regclass::oid as classid, oid as objid, 0 as objsubid,
           coalesce(relacl, acldefault(case relkind when 'S' then 's'::"char" else 'r'::"char" end, relowner)) as acl
    from relation where relkind <> 'c'
    union all
    select 'pg_namespace'::regclass, oid, 0, coalesce(nspacl, acldefault('n', nspowner)) from namespace
    union all
    select 'pg_proc'::regclass, p.oid, 0, coalesce(p.proacl, acldefault('f', p.proowner))
    from pg_proc p join namespace n on n.oid = p.pronamespace
    union all
    select 'pg_type'::regclass, t.oid, 0, coalesce(t.typacl, acldefault('T', t.typowner))
    from pg_type t join namespace n on n.oid = t.typnamespace
    union all
    select 'pg_class'::regclass, a.attrelid, a.attnum, a.attacl
    from pg_attribute a join relation r on r.oid = a.attrelid
    where a.attacl is not null
    union all
    select 'pg_default_acl'::regclass, oid, 0, defaclacl from pg_default_acl
),
-- MAINTAIN exists from 17 on and is part of all privileges there. Thousands of objects share a few lists of grants: each
-- list is put into words once.
privilege as (
    select l.acl,
           (select string_agg('grant ' || e.privilege_type || ' to '
                                  || case e.grantee when 0 then 'public' else pg_get_userbyid(e.grantee) end
                                  || case when e.is_grantable then ' with grant option' else '' end,
                              e'\n' order by e.privilege_type, e.grantee = 0, pg_get_userbyid(e.grantee))
            from aclexplode(l.acl) e
            where e.privilege_type <> 'MAINTAIN') as lines
    from (select distinct acl from granted) l
),
object as (
    select 'schema' as kind, n.nspname::text as name, null as parent, 'pg_namespace'::regclass::oid as classid,
           n.oid as objid, 0 as objsubid, 'owner ' || pg_get_userbyid(n.nspowner) as definition, false as held_back
    from namespace n
    where not exists (select from foreign_made f where f.classid = 'pg_namespace'::regclass and f.objid = n.oid)

    union all
    -- A partition comes and goes with the table above it.
    select r.kind, r.name, coalesce('table ' || above.name, 'schema ' || r.nspname), 'pg_class'::regclass, r.oid, 0,
           concat_ws(e'\n',
               'owner ' || pg_get_userbyid(r.relowner),
               case when r.relkind = 'p' then 'partitioned by ' || pg_get_partkeydef(r.oid) end,
               -- Up to 15 columns are written with their table's name even where there is only one table.
               case when r.relkind in ('v', 'm') then
                   'query ' || regexp_replace(ltrim(pg_get_viewdef(r.oid)), '\s+', ' ', 'g') end,
               case when r.relkind in ('v', 'm') then (
                   select 'reads ' || string_agg(distinct d.refobjid::regclass::text, ', ')
                   from pg_rewrite w
                   join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid
                       and d.refclassid = 'pg_class'::regclass and d.refobjid <> r.oid
                   where w.ev_class = r.oid and w.rulename = '_RETURN') end,
               case r.relpersistence when 'u' then 'unlogged' end,
               case when r.relispartition then 'partition ' || pg_get_expr(r.relpartbound, r.oid) end,
               (select 'inherits ' || string_agg(h.inhparent::regclass::text, ', ' order by h.inhseqno)
                from pg_inherits h where h.inhrelid = r.oid),
               case when r.relrowsecurity then 'row security' end,
               case when r.relforcerowsecurity then 'forced row security' end,
               case when r.relkind in ('r', 'p') then 'replica identity '
                   || case r.relreplident when 'd' then 'default' when 'i' then 'index' when 'f' then 'full'
                                          else 'nothing' end end,
               case when r.reloptions is not null then (
                   select 'options ' || string_agg(o, ', ' order by o) from unnest(r.reloptions) o) end),
           false
    from relation r
    left join pg_inherits h on r.relispartition and h.inhrelid = r.oid
    left join relation above on above.oid = h.inhparent
    where r.relkind <> 'S'

    union all
    select r.kind, r.name, 'schema ' || r.nspname, 'pg_class'::regclass, r.oid, 0,
           concat_ws(e'\n',
               'owner ' || pg_get_userbyid(r.relowner),
               'type ' || format_type(s.seqtypid, null), 'start ' || s.seqstart, 'increment ' || s.seqincrement,
               'minimum ' || s.seqmin, 'maximum ' || s.seqmax, 'cache ' || s.seqcache,
               case when s.seqcycle then 'cycle' end,
               (select 'owned by ' || d.refobjid::regclass || '.' || a.attname
                from pg_depend d
                join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
                where d.classid = 'pg_class'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass
                  and d.deptype in ('a', 'i'))),
           false
    from relation r
    join pg_sequence s on s.seqrelid = r.oid

    union all
    select 'column', r.name || '.' || a.attname, r.kind || ' ' || r.name, 'pg_class'::regclass, r.oid, a.attnum,
           concat_ws(e'\n',
               'position ' || row_number() over (partition by r.oid order by a.attnum),
               'type ' || format_type(a.atttypid, a.atttypmod),
               case when a.attcollation <> t.typcollation then 'collation ' || a.attcollation::regcollation end,
               case when a.attnotnull then 'not null' end,
               -- From 17 on every partition has its parent's identity, below it only the parent has it.
               case when r.relispartition and a.attidentity <> '' and a.attidentity = (
                        select up.attidentity
                        from pg_inherits h
                        join pg_attribute up on up.attrelid = h.inhparent and up.attname = a.attname
                        where h.inhrelid = r.oid) then 'identity of the parent'
                    when a.attidentity = 'a' then 'identity always'
                    when a.attidentity = 'd' then 'identity by default' end,
               case a.attgenerated when 's' then 'generated stored' when 'v' then 'generated virtual' end,
               'default ' || pg_get_expr(d.adbin, d.adrelid),
               -- Was -1, is null from 17 on, when never set.
               case when coalesce(a.attstattarget, -1) >= 0 then 'statistics target ' || a.attstattarget end,
               case when a.attstorage <> t.typstorage then 'storage ' || a.attstorage::text end,
               case when a.attoptions is not null then (
                   select 'options ' || string_agg(o, ', ' order by o) from unnest(a.attoptions) o) end),
           false
    from pg_attribute a
    join relation r on r.oid = a.attrelid
    join pg_type t on t.oid = a.atttypid
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attnum > 0 and not a.attisdropped and r.relkind <> 'S'

    union all
    -- Not null constraints are in the catalogue from 18 on; before, and above, they are a property of the column.
    select case c.contype when 'f' then 'foreign key' when 'p' then 'primary key' else 'constraint' end,
           r.name || '.' || c.conname, r.kind || ' ' || r.name, 'pg_constraint'::regclass, c.oid, 0,
           concat_ws(e'\n',
               pg_get_constraintdef(c.oid),
               case when i.indisreplident then 'replica identity' end,
               case when i.indisclustered then 'clustered' end,
               case when not i.indisvalid then 'invalid' end),
           c.contype = 'f' or c.contype in ('u', 'x') and not coalesce(i.identifies, false)
               or c.contype = 'c' and not c.convalidated
    from pg_constraint c
    join relation r on r.oid = c.conrelid
    left join index i on i.indexrelid = c.conindid and c.contype in ('p', 'u', 'x')
    -- A foreign key's copies on partitions are made by the server, under names of its own.
    where c.contype in ('c', 'f', 'p', 'u', 'x') and not (c.contype = 'f' and c.conparentid <> 0)

    union all
    select 'constraint', n.nspname || '.' || t.typname || '.' || c.conname, 'type ' || n.nspname || '.' || t.typname,
           'pg_constraint'::regclass, c.oid, 0, pg_get_constraintdef(c.oid), not c.convalidated
    from pg_constraint c
    join pg_type t on t.oid = c.contypid
    join namespace n on n.oid = t.typnamespace
    where c.contype = 'c'
      and not exists (select from foreign_made f where f.classid = 'pg_type'::regclass and f.objid = t.oid)

    union all
    select 'index', r.nspname || '.' || i.relname, r.kind || ' ' || r.name, 'pg_class'::regclass, i.indexrelid, 0,
           concat_ws(e'\n',
               pg_get_indexdef(i.indexrelid),
               case when i.indisreplident then 'replica identity' end,
               case when i.indisclustered then 'clustered' end,
               case when not i.indisvalid then 'invalid' end),
           not i.identifies
    from index i
    join relation r on r.oid = i.indrelid
    where not exists (
        select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))

    union all
    select 'trigger', r.name || '.' || t.tgname, r.kind || ' ' || r.name, 'pg_trigger'::regclass, t.oid, 0,
           concat_ws(e'\n',
               pg_get_triggerdef(t.oid),
               case t.tgenabled when 'D' then 'disabled' when 'A' then 'enabled always' when 'R' then 'enabled replica' end),
           true
    from pg_trigger t
    join relation r on r.oid = t.tgrelid
    where not t.tgisinternal and t.tgparentid = 0

    union all
    select 'rule', r.name || '.' || w.rulename, r.kind || ' ' || r.name, 'pg_rewrite'::regclass, w.oid, 0,
           concat_ws(e'\n', 'query ' || regexp_replace(pg_get_ruledef(w.oid), '\s+', ' ', 'g'),
               case w.ev_enabled when 'D' then 'disabled' when 'A' then 'enabled always' when 'R' then 'enabled replica' end),
           true
    from pg_rewrite w
    join relation r on r.oid = w.ev_class
    where w.rulename <> '_RETURN'

    union all
    select 'policy', r.name || '.' || p.polname, r.kind || ' ' || r.name, 'pg_policy'::regclass, p.oid, 0,
           concat_ws(e'\n',
               'for ' || p.polcmd::text, case when not p.polpermissive then 'restrictive' end,
               (select 'to ' || string_agg(case u when 0 then 'public' else pg_get_userbyid(u) end, ', ' order by pg_get_userbyid(u))
                from unnest(p.polroles) u),
               'using ' || pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_get_expr(p.polwithcheck, p.polrelid)),
           false
    from pg_policy p
    join relation r on r.oid = p.polrelid

    union all
    select case p.prokind when 'a' then 'aggregate' when 'p' then 'procedure' else 'function' end,
           n.nspname || '.' || p.proname || '('
               || (select coalesce(string_agg(format_type(t, null), ', ' order by k), '')
                   from unnest(p.proargtypes) with ordinality a(t, k)) || ')',
           'schema ' || n.nspname, 'pg_proc'::regclass, p.oid, 0,
           concat_ws(e'\n',
               'owner ' || pg_get_userbyid(p.proowner),
               'returns ' || pg_get_function_result(p.oid),
               'arguments ' || (select string_agg(concat_ws(' ', p.proargmodes[k]::text, p.proargnames[k], format_type(t, null)), ', ' order by k)
                   from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality a(t, k)),
               'defaults ' || pg_get_expr(p.proargdefaults, 0),
               'language ' || (select lanname from pg_language l where l.oid = p.prolang),
               'volatility ' || p.provolatile::text, 'parallel ' || p.proparallel::text,
               case when p.proisstrict then 'strict' end, case when p.prosecdef then 'security definer' end,
               case when p.proleakproof then 'leakproof' end, case when p.prokind = 'w' then 'window' end,
               'cost ' || p.procost, case when p.prorows > 0 then 'rows ' || p.prorows end,
               (select string_agg('set ' || s, e'\n' order by s) from unnest(p.proconfig) s),
               'library ' || p.probin,
               (select concat_ws(e'\n', 'kind ' || a.aggkind::text, 'step ' || a.aggtransfn::oid::regprocedure,
                       'state ' || format_type(a.aggtranstype, null),
                       'final ' || nullif(a.aggfinalfn::oid, 0)::regprocedure,
                       'combine ' || nullif(a.aggcombinefn::oid, 0)::regprocedure, 'initially ' || a.agginitval)
                from pg_aggregate a where a.aggfnoid = p.oid),
               -- Bodies in standard SQL exist from 14 on and are stored as a tree.
               case when p.prokind <> 'a' and p.prosrc = '' then 'body ' || pg_get_functiondef(p.oid)
                    when p.prokind <> 'a' then 'body ' || p.prosrc end),
           false
    from pg_proc p
    join namespace n on n.oid = p.pronamespace
    where not exists (select from foreign_made f where f.classid = 'pg_proc'::regclass and f.objid = p.oid)

    union all
    select 'type', n.nspname || '.' || t.typname, 'schema ' || n.nspname, 'pg_type'::regclass, t.oid, 0,
           concat_ws(e'\n',
               'owner ' || pg_get_userbyid(t.typowner),
               case t.typtype when 'e' then 'labels ' || (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)
                                                          from pg_enum e where e.enumtypid = t.oid)
                              when 'd' then 'domain over ' || format_type(t.typbasetype, t.typtypmod)
                              when 'r' then 'range of ' || (select format_type(g.rngsubtype, null) from pg_range g where g.rngtypid = t.oid)
                              when 'b' then 'input ' || t.typinput::oid::regprocedure end,
               case when t.typnotnull then 'not null' end,
               'default ' || t.typdefault,
               case when t.typtype = 'd' and t.typcollation <> b.typcollation then 'collation ' || t.typcollation::regcollation end),
           false
    from pg_type t
    join namespace n on n.oid = t.typnamespace
    left join pg_type b on b.oid = t.typbasetype
    -- Neither rows of tables, nor arrays, nor multiranges, which every range has from 14 on.
    where t.typtype in ('e', 'd', 'r', 'b') and t.typrelid = 0
      and not exists (select from pg_type e where e.typarray = t.oid)
      and not exists (select from foreign_made f where f.classid = 'pg_type'::regclass and f.objid = t.oid)

    union all
    select 'statistics', n.nspname || '.' || s.stxname, r.kind || ' ' || r.name, 'pg_statistic_ext'::regclass, s.oid, 0,
           concat_ws(e'\n', 'owner ' || pg_get_userbyid(s.stxowner), pg_get_statisticsobjdef(s.oid)), true
    from pg_statistic_ext s
    join namespace n on n.oid = s.stxnamespace
    join relation r on r.oid = s.stxrelid

    union all
    select 'event trigger', e.evtname, null, 'pg_event_trigger'::regclass, e.oid, 0,
           concat_ws(e'\n', 'owner ' || pg_get_userbyid(e.evtowner), 'on ' || e.evtevent,
                     'calls ' || e.evtfoid::regprocedure, 'enabled ' || e.evtenabled::text,
                     'tags ' || array_to_string(e.evttags, ', ')), true
    from pg_event_trigger e
    where not exists (select from foreign_made f where f.classid = 'pg_event_trigger'::regclass and f.objid = e.oid)

    union all
    select 'extension', x.extname, null, 'pg_extension'::regclass, x.oid, null, 'schema ' || x.extnamespace::regnamespace, false
    from pg_extension x

    union all
    select 'default privileges',
           concat_ws(' ', 'of', pg_get_userbyid(d.defaclrole), 'in ' || (select nspname from namespace n where n.oid = d.defaclnamespace), 'on', d.defaclobjtype),
           null, 'pg_default_acl'::regclass, d.oid, 0, '', false
    from pg_default_acl d

    union all
    -- Everything else by identity and owner.
    select o.kind, (pg_identify_object(o.classid, o.objid, 0)).identity, null, o.classid, o.objid, 0,
           'owner ' || pg_get_userbyid(o.owner), false
    from (
        select 'cast' as kind, 'pg_cast'::regclass::oid as classid, oid as objid, null as owner from pg_cast
        union all select 'collation', 'pg_collation'::regclass, oid, collowner from pg_collation
        union all select 'conversion', 'pg_conversion'::regclass, oid, conowner from pg_conversion
        union all select 'operator', 'pg_operator'::regclass, oid, oprowner from pg_operator
        union all select 'operator class', 'pg_opclass'::regclass, oid, opcowner from pg_opclass
        union all select 'operator family', 'pg_opfamily'::regclass, oid, opfowner from pg_opfamily
        union all select 'language', 'pg_language'::regclass, oid, lanowner from pg_language
        union all select 'transform', 'pg_transform'::regclass, oid, null from pg_transform
        union all select 'access method', 'pg_am'::regclass, oid, null from pg_am
        union all select 'text search configuration', 'pg_ts_config'::regclass, oid, cfgowner from pg_ts_config
        union all select 'text search dictionary', 'pg_ts_dict'::regclass, oid, dictowner from pg_ts_dict
        union all select 'text search parser', 'pg_ts_parser'::regclass, oid, null from pg_ts_parser
        union all select 'text search template', 'pg_ts_template'::regclass, oid, null from pg_ts_template
        union all select 'foreign data wrapper', 'pg_foreign_data_wrapper'::regclass, oid, fdwowner from pg_foreign_data_wrapper
        union all select 'foreign server', 'pg_foreign_server'::regclass, oid, srvowner from pg_foreign_server
    ) o
    -- What initdb makes has an oid below this.
    where o.objid >= 16384
      and not exists (select from foreign_made f where f.classid = o.classid and f.objid = o.objid)
)
select o.kind, o.name, o.parent, o.held_back,
       concat_ws(e'\n', nullif(o.definition, ''), p.lines, c.line) as definition
from object o
left join granted g on g.classid = o.classid and g.objid = o.objid and g.objsubid = o.objsubid
left join privilege p on p.acl = g.acl
left join comment c on c.classoid = o.classid and c.objoid = o.objid and c.objsubid = o.objsubid
where not (o.held_back and :without_held_back)
