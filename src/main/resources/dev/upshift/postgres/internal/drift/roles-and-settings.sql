-- Roles with what they may by themselves and through others, the settings of roles and databases, grants on the database
-- and versions of extensions, in the form of schema-objects.sql. Our own role and its settings are left out, and
-- read-only defaults, which are what a fence is made of. A setting's value is told by its hash only: applications keep
-- keys in settings. Who may sign in, until when and how often is the guard application-logins' business. A superuser needs no
-- membership. From 16 on there can be one for each grantor, and whether it is inherited stands in it; before, in the
-- member.
with membership as (
    select m.member,
           pg_get_userbyid(m.roleid)::text as role,
           bool_or(m.admin_option) as admin,
           bool_or(coalesce((to_jsonb(m) ->> 'inherit_option')::boolean, r.rolinherit)) as inherits,
           bool_or(coalesce((to_jsonb(m) ->> 'set_option')::boolean, true)) as sets
    from pg_auth_members m
    join pg_roles r on r.oid = m.member
    where pg_get_userbyid(m.roleid) <> session_user
    group by m.member, m.roleid
)
select 'role' as kind, r.rolname::text as name, null::text as parent,
       case
           when r.rolsuper then 'superuser'
           else concat_ws(e'\n',
                    case when r.rolbypassrls then 'bypassrls' end,
                    (select string_agg('member of ' || m.role
                                || case when m.admin then ' with admin option' else '' end
                                || case when m.inherits then '' else ' without inheriting' end
                                || case when m.sets then '' else ' without set role' end,
                            e'\n' order by m.role collate "C")
                     from membership m
                     where m.member = r.oid))
       end as definition
from pg_roles r
-- What initdb makes has an oid below this.
where r.oid >= 16384 and r.rolname <> session_user
  -- A cluster may have roles that have nothing to do with this database.
  and (:all_roles
       or exists (select from pg_shdepend d
                  where d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid
                    and d.dbid = (select oid from pg_database where datname = current_database())))
union all
select 'setting',
       concat_ws(' ', split_part(c.setting, '=', 1), 'of',
           case when s.setrole = 0 then 'all roles' else 'role ' || r.rolname end,
           case when s.setdatabase <> 0 then 'in database ' || d.datname end),
       case when s.setrole <> 0 then 'role ' || r.rolname end,
       'value ' || md5(substr(c.setting, strpos(c.setting, '=') + 1))
from pg_db_role_setting s
left join pg_roles r on r.oid = s.setrole
left join pg_database d on d.oid = s.setdatabase
cross join unnest(s.setconfig) as c(setting)
where (s.setdatabase = 0 or d.datname = current_database())
  and (s.setrole = 0 or r.oid >= 16384 and r.rolname <> session_user)
  and c.setting not ilike 'default_transaction_read_only=%'
union all
-- What was never granted is what the owner has by default. What our own role was given for the upgrade is left out.
select 'database', d.datname::text, null,
       coalesce(string_agg('grant ' || a.privilege_type || ' to '
                      || case a.grantee when 0 then 'public' else pg_get_userbyid(a.grantee) end
                      || case when a.is_grantable then ' with grant option' else '' end,
                  e'\n' order by a.privilege_type, a.grantee = 0, pg_get_userbyid(a.grantee)), '')
from pg_database d
left join aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
     on a.grantee = 0 or pg_get_userbyid(a.grantee) <> session_user
where d.datname = current_database()
group by d.datname
union all
select 'version of extension', x.extname::text, 'extension ' || x.extname, 'version ' || x.extversion
from pg_extension x
