-- How the roles that this server has and :document has as well differ: role, what differs, and the statement that brings
-- it level; none where that would give power to somebody or take something from him. Our own role, predefined ones, the
-- one that initdb made and superusers are left alone; the latter are still named. Verifiers of passwords are not in it.
with document as (select cast(:document as jsonb) as d),
both_sides as (
    select r.*, p.oid, p.rolsuper, p.rolinherit, p.rolcreaterole, p.rolcreatedb, p.rolcanlogin, p.rolreplication,
           p.rolbypassrls, p.rolconnlimit, p.rolvaliduntil
    from document, pg_catalog.jsonb_to_recordset(d -> 'roles') as r(
        name text, superuser boolean, inherit boolean, createrole boolean, createdb boolean, login boolean,
        replication boolean, bypassrls boolean, connlimit integer, validuntil timestamptz)
    join pg_catalog.pg_roles as p on p.rolname = r.name
    where p.oid >= 16384 and p.rolname not in (current_user, session_user)
),
attribute as (
    select b.oid, v.*
    from both_sides as b
    cross join lateral (values
        ('superuser', b.superuser = b.rolsuper, null),
        ('createrole', b.createrole = b.rolcreaterole, null),
        ('createdb', b.createdb = b.rolcreatedb, null),
        ('replication', b.replication = b.rolreplication, null),
        ('bypassrls', b.bypassrls = b.rolbypassrls, null),
        ('login', b.login = b.rolcanlogin, case when b.login then 'login' end),
        ('inherit', b.inherit = b.rolinherit, case when b.inherit then 'inherit' else 'noinherit' end),
        ('connection limit', b.connlimit = b.rolconnlimit, pg_catalog.format('connection limit %s', b.connlimit)),
        ('valid until',
         coalesce(b.validuntil, 'infinity') = coalesce(b.rolvaliduntil, 'infinity'),
         pg_catalog.format('valid until %L', coalesce(b.validuntil, 'infinity')))) as v(what, level, clause)
    where not v.level
),
-- From 16 on there can be one membership per grantor.
here_member as (
    select distinct r.rolname::text as role, m.rolname::text as member
    from pg_catalog.pg_auth_members as a
    join pg_catalog.pg_roles as r on r.oid = a.roleid
    join pg_catalog.pg_roles as m on m.oid = a.member
),
there_member as (
    select m.*
    from document, pg_catalog.jsonb_to_recordset(d -> 'memberships') as m(
        role text, member text, admin boolean, inherit boolean, set boolean)
),
here_setting as (
    select r.rolname::text as role, s.setting
    from pg_catalog.pg_db_role_setting as d
    join pg_catalog.pg_roles as r on r.oid = d.setrole
    cross join unnest(d.setconfig) as s(setting)
    where d.setdatabase = 0
),
there_setting as (
    select s.role, s.setting
    from document, pg_catalog.jsonb_to_recordset(d -> 'settings') as s(role text, setting text)
),
setting as (
    select b.name as role, pg_catalog.split_part(coalesce(t.setting, h.setting), '=', 1) as name,
           t.setting is not null as wanted,
           pg_catalog.substr(t.setting, pg_catalog.strpos(t.setting, '=') + 1) as value
    from both_sides as b
    join (there_setting as t
          full join here_setting as h
              on h.role = t.role
              and pg_catalog.split_part(h.setting, '=', 1) = pg_catalog.split_part(t.setting, '=', 1))
        on b.name = coalesce(t.role, h.role)
    where t.setting is distinct from h.setting
),
difference(number, role, what, statement) as (
    select 1, b.name, a.what, pg_catalog.format('alter role %I ', b.name) || a.clause
    from both_sides as b
    join attribute as a on a.oid = b.oid
    union all
    select 2, b.name, 'member of ' || pg_catalog.quote_ident(t.role),
           -- A predefined role or one with power of its own would give power.
           case when exists (select from pg_catalog.pg_roles as r
                             where r.rolname = t.role and r.rolname !~ '^pg_' and not r.rolsuper
                               and not r.rolcreaterole and not r.rolreplication) then
               pg_catalog.format('grant %I to %I', t.role, t.member)
               || case
                      when t.inherit is not null and pg_catalog.current_setting('server_version_num')::integer >= 160000
                          then pg_catalog.format(' with admin %s, inherit %s, set %s', t.admin::text, t.inherit::text, t.set::text)
                      when t.admin then ' with admin option'
                      else ''
                  end
           end
    from both_sides as b
    join there_member as t on t.member = b.name
    where not exists (select from here_member as h where h.role = t.role and h.member = t.member)
    union all
    select 2, b.name, 'member of ' || pg_catalog.quote_ident(h.role) || ' only here', null
    from both_sides as b
    join here_member as h on h.member = b.name
    where not exists (select from there_member as t where t.role = h.role and t.member = h.member)
    union all
    select 3, s.role, s.name,
           pg_catalog.format('alter role %I ', s.role) || case when s.wanted then 'set ' else 'reset ' end
           || (select pg_catalog.string_agg(pg_catalog.format('%I', part), '.')
               from unnest(pg_catalog.string_to_array(s.name, '.')) as part)
           || case
                  when not s.wanted then ''
                  -- These are lists, stored with each element quoted as an identifier.
                  when pg_catalog.lower(s.name) in ('search_path', 'temp_tablespaces', 'local_preload_libraries',
                                                    'session_preload_libraries') then ' to ' || (
                      select coalesce(pg_catalog.string_agg(
                                 pg_catalog.quote_literal(
                                     coalesce(pg_catalog.replace(e.element[1], '""', '"'), e.element[2])),
                                 ', ' order by e.number), '''''')
                      from pg_catalog.regexp_matches(s.value, '"((?:[^"]|"")*)"|([^",[:space:]]+)', 'g')
                           with ordinality as e(element, number))
                  else ' to ' || pg_catalog.quote_literal(s.value)
              end
    from setting as s
)
select d.role, d.what, case when not b.rolsuper and not b.superuser then d.statement end as statement
from difference as d
join both_sides as b on b.name = d.role
order by d.role, d.number, d.what
