-- All roles but predefined ones and the one that initdb made, with memberships and settings, as one document.
select jsonb_build_object(
    'roles', coalesce((
        select jsonb_agg(jsonb_build_object(
            'name', r.rolname, 'superuser', r.rolsuper, 'inherit', r.rolinherit, 'createrole', r.rolcreaterole,
            'createdb', r.rolcreatedb, 'login', r.rolcanlogin, 'replication', r.rolreplication,
            'bypassrls', r.rolbypassrls, 'connlimit', r.rolconnlimit, 'validuntil', r.rolvaliduntil,
            'comment', shobj_description(r.oid, 'pg_authid')) order by r.rolname)
        from pg_roles r
        where r.oid <> 10 and r.rolname !~ '^pg_'), '[]'),
    -- From 16 on there can be one membership per grantor; together they allow what any of them allows.
    'memberships', coalesce((
        select jsonb_agg(m order by m.role, m.member)
        from (select r.rolname as role, u.rolname as member, bool_or(a.admin_option) as admin,
                     bool_or((to_jsonb(a) ->> 'inherit_option')::boolean) as inherit,
                     bool_or((to_jsonb(a) ->> 'set_option')::boolean) as set
              from pg_auth_members a
              join pg_roles r on r.oid = a.roleid
              join pg_roles u on u.oid = a.member
              group by r.rolname, u.rolname) m), '[]'),
    'settings', coalesce((
        select jsonb_agg(jsonb_build_object('role', r.rolname, 'setting', s.setting) order by r.rolname, s.number)
        from pg_db_role_setting d
        join pg_roles r on r.oid = d.setrole
        cross join unnest(d.setconfig) with ordinality as s(setting, number)
        where d.setdatabase = 0), '[]'))::text
