-- The statements that make the database of :document on this server, in order.
with database as (
    select d.*
    from jsonb_to_record(cast(:document as jsonb)) as d(
        name text, owner text, encoding text, "collate" text, ctype text, connlimit integer, comment text,
        provider text, locale text, rules text, acl jsonb, settings jsonb)
),
version as (select current_setting('server_version_num')::integer as number),
setting as (
    select s.role, split_part(s.setting, '=', 1) as name, substr(s.setting, strpos(s.setting, '=') + 1) as value
    from database d, jsonb_to_recordset(d.settings) as s(role text, setting text)
)
select 1 as step,
       concat_ws(' ', format('create database %I template template0 encoding %L', d.name, d.encoding),
           format('lc_collate %L lc_ctype %L', d."collate", d.ctype),
           case when v.number >= 150000 then
               'locale_provider ' || case d.provider when 'i' then 'icu' when 'b' then 'builtin' else 'libc' end end,
           case when d.provider = 'i' then format('icu_locale %L', d.locale) end,
           case when d.provider = 'i' and d.rules is not null then format('icu_rules %L', d.rules) end,
           case when d.provider = 'b' then format('builtin_locale %L', d.locale) end,
           format('owner %I', d.owner),
           case when d.connlimit <> -1 then format('connection limit %s', d.connlimit) end) as statement
from database d, version v
union all
select 2, format('comment on database %I is %L', d.name, d.comment) from database d where d.comment is not null
union all
select 3, format('revoke all on database %I from public', d.name) from database d where d.acl is not null
union all
select 4, format('revoke all on database %I from %I', d.name, d.owner) from database d where d.acl is not null
union all
select 5, format('grant %s on database %I to %s', a.privilege, d.name,
                 case when a.grantee is null then 'public' else format('%I', a.grantee) end)
          || case when a.grantable then ' with grant option' else '' end
from database d, jsonb_to_recordset(d.acl) as a(grantee text, privilege text, grantable boolean)
union all
select 6, case when s.role is null then format('alter database %I set ', d.name)
               else format('alter role %I in database %I set ', s.role, d.name) end
       || (select string_agg(format('%I', part), '.') from unnest(string_to_array(s.name, '.')) part) || ' to '
       || case
           -- These are lists, stored with each element quoted as an identifier.
           when lower(s.name) in ('search_path', 'temp_tablespaces', 'local_preload_libraries',
                                  'session_preload_libraries', 'shared_preload_libraries',
                                  'unix_socket_directories') then (
               select coalesce(string_agg(quote_literal(coalesce(replace(e.element[1], '""', '"'), e.element[2])), ', '
                               order by e.number), '''''')
               from regexp_matches(s.value, '"((?:[^"]|"")*)"|([^",[:space:]]+)', 'g')
                    with ordinality as e(element, number))
           else quote_literal(s.value)
       end
from setting s, database d
order by 1, 2
