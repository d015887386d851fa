-- The statements that create the roles of :document that this server lacks, with memberships and settings of theirs,
-- each with the role it is about. Run on the server that they are for, which quotes the names.
with document as (select cast(:document as jsonb) as d),
wanted as (
    select r.*, not exists (select from pg_roles p where p.rolname = r.name) as missing
    from document, jsonb_to_recordset(d -> 'roles') as r(
        name text, superuser boolean, inherit boolean, createrole boolean, createdb boolean, login boolean,
        replication boolean, bypassrls boolean, connlimit integer, validuntil text, comment text)
),
membership as (
    select m.*
    from document, jsonb_to_recordset(d -> 'memberships') as m(
        role text, member text, admin boolean, inherit boolean, set boolean)
    -- Roles that were there before are not touched, except that new ones may become theirs.
    where exists (select from wanted w where w.name in (m.role, m.member) and w.missing)
      and (exists (select from wanted w where w.name = m.role) or exists (select from pg_roles p where p.rolname = m.role))
      and (exists (select from wanted w where w.name = m.member) or exists (select from pg_roles p where p.rolname = m.member))
),
setting as (
    select s.role, split_part(s.setting, '=', 1) as name, substr(s.setting, strpos(s.setting, '=') + 1) as value
    from document, jsonb_to_recordset(d -> 'settings') as s(role text, setting text)
    where exists (select from wanted w where w.name = s.role and w.missing)
)
select 1 as step, w.name as role,
       concat_ws(' ', format('create role %I', w.name),
           case when w.superuser then 'superuser' else 'nosuperuser' end,
           case when w.inherit then 'inherit' else 'noinherit' end,
           case when w.createrole then 'createrole' else 'nocreaterole' end,
           case when w.createdb then 'createdb' else 'nocreatedb' end,
           case when w.login then 'login' else 'nologin' end,
           case when w.replication then 'replication' else 'noreplication' end,
           case when w.bypassrls then 'bypassrls' else 'nobypassrls' end,
           case when w.connlimit <> -1 then format('connection limit %s', w.connlimit) end,
           case when w.validuntil is not null then format('valid until %L', w.validuntil) end) as statement
from wanted w
where w.missing
union all
select 2, w.name, format('comment on role %I is %L', w.name, w.comment)
from wanted w
where w.missing and w.comment is not null
union all
select 3, m.member,
       format('grant %I to %I', m.role, m.member)
       || case
              when m.inherit is not null then
                  format(' with admin %s, inherit %s, set %s', m.admin::text, m.inherit::text, m.set::text)
              when m.admin then ' with admin option'
              else ''
          end
from membership m
union all
select 4, s.role,
       format('alter role %I set ', s.role) || (select string_agg(format('%I', part), '.') from unnest(string_to_array(s.name, '.')) part)
       || ' to ' || case
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
from setting s
order by 1, 2, 3
