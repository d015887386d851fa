-- What CREATE DATABASE and the statements after it need to know of a database, as one document.
select jsonb_build_object(
    'name', d.datname, 'owner', pg_get_userbyid(d.datdba), 'encoding', pg_encoding_to_char(d.encoding),
    'collate', d.datcollate, 'ctype', d.datctype, 'connlimit', d.datconnlimit,
    'comment', shobj_description(d.oid, 'pg_database'),
    -- The provider is known from 15 on; its locale has another name from 17 on.
    'provider', coalesce(to_jsonb(d) ->> 'datlocprovider', 'c'),
    'locale', coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'),
    'rules', to_jsonb(d) ->> 'daticurules',
    'acl', (select jsonb_agg(jsonb_build_object(
                'grantee', case a.grantee when 0 then null else pg_get_userbyid(a.grantee) end,
                'privilege', a.privilege_type, 'grantable', a.is_grantable))
            from aclexplode(d.datacl) a),
    'settings', coalesce((
        select jsonb_agg(jsonb_build_object('role', r.rolname, 'setting', s.setting) order by r.rolname, s.number)
        from pg_db_role_setting g
        left join pg_roles r on r.oid = g.setrole
        cross join unnest(g.setconfig) with ordinality as s(setting, number)
        where g.setdatabase = d.oid
          -- Our own fence, or somebody's protection of the old side: the new one must take writes.
          and not (g.setrole = 0 and s.setting ilike 'default_transaction_read_only=%')), '[]'))::text
from pg_database d
where d.datname = current_database()
