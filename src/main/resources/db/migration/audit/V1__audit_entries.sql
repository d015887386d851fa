create table audit_entry (
    id bigint generated always as identity primary key,
    recorded_at timestamptz not null,
    actor text not null,
    action text not null,
    project_slug text,
    sentence text not null
);
comment on table audit_entry is 'Who did what, in order; rows are only ever added.';
comment on column audit_entry.project_slug is
    'No foreign key: what was done to a project stays on record when the project is removed.';

create index audit_entry_by_project on audit_entry (project_slug, id desc);

create function refuse_to_change_audit_entries() returns trigger
    language plpgsql
as $$
begin
    raise exception 'The audit record is append-only: % of % is refused', tg_op, tg_table_name;
end
$$;
comment on function refuse_to_change_audit_entries() is 'Keeps the audit record as it was written.';

create trigger append_only
    before update or delete or truncate on audit_entry
    for each statement execute function refuse_to_change_audit_entries();
