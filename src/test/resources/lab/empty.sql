-- Removes the rows of every table but keeps what sequences have reached.
do $$
begin
    execute (
        select 'truncate ' || string_agg(format('%I.%I', n.nspname, c.relname), ', ')
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname in ('shop', 'filling')
    );
end $$;
