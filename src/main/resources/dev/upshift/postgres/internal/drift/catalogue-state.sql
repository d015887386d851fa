-- One line that changes whenever anything that schema-objects.sql reads may have: what a catalogue's rows are written by
-- only ever grows, so that no change of rows leaves both their number and the sum of their writers as they were. Vacuum
-- and ANALYZE change neither. Costs a few scans instead of a definition for every object.
select concat_ws(' ', current_database(), session_user, pg_postmaster_start_time()::text, string_agg(part, ',' order by number)) as state
from (
    select 1 as number, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) as part from pg_class
    union all select 2, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_attribute
    union all select 3, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_attrdef
    union all select 4, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_constraint
    union all select 5, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_index
    union all select 6, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_depend
    union all select 7, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_proc
    union all select 8, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_aggregate
    union all select 9, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_type
    union all select 10, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_enum
    union all select 11, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_trigger
    union all select 12, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_rewrite
    union all select 13, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_policy
    union all select 14, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_inherits
    union all select 15, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_sequence
    union all select 16, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_statistic_ext
    union all select 17, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_namespace
    union all select 18, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_extension
    union all select 19, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_event_trigger
    union all select 20, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_default_acl
    union all select 21, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_description
    -- Of the whole cluster; who is called what cannot be asked of pg_authid by everybody.
    union all
    select 22, count(*) || ':' || md5(string_agg(concat_ws(' ', oid, rolname, rolsuper, rolbypassrls, rolinherit), ',' order by oid))
    from pg_roles
    union all select 26, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_auth_members
    union all select 23, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_db_role_setting
    union all select 25, md5(datdba || coalesce(datacl::text, '')) from pg_database where datname = current_database()
    -- Least common ones, together.
    union all
    select 24, count(*) || ':' || coalesce(sum(writer::text::bigint), 0)
    from (
        select xmin as writer from pg_cast
        union all select xmin from pg_collation
        union all select xmin from pg_conversion
        union all select xmin from pg_operator
        union all select xmin from pg_opclass
        union all select xmin from pg_opfamily
        union all select xmin from pg_language
        union all select xmin from pg_transform
        union all select xmin from pg_am
        union all select xmin from pg_ts_config
        union all select xmin from pg_ts_dict
        union all select xmin from pg_ts_parser
        union all select xmin from pg_ts_template
        union all select xmin from pg_foreign_data_wrapper
        union all select xmin from pg_foreign_server
        union all select xmin from pg_range
    ) rare
) catalogue
