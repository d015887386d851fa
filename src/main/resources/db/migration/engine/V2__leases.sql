create table run_lease (
    run_id bigint primary key references run (id) on delete cascade,
    epoch integer not null,
    owner text not null,
    renewed_at timestamptz not null
);
comment on table run_lease is
    'Who executes a run. The owner renews it several times a second and removes it when it lets go; one that was not renewed for a while may be taken over.';
comment on column run_lease.epoch is 'The epoch of the run under which it is held; whoever takes it over raises both.';
comment on column run_lease.owner is 'Process and host of the control plane, for people.';
comment on column run_lease.renewed_at is 'By the clock of this database, the only one that all control planes share.';
