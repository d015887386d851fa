create table run (
    id bigint generated always as identity primary key,
    project_id bigint not null,
    slug text not null,
    number integer not null,
    procedure text not null,
    status text not null,
    plan_version text not null,
    started_by text not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    epoch integer not null default 0,
    outcome text,
    pause_millis bigint,
    evidence jsonb not null default '{}',
    unique (project_id, number)
);
comment on table run is 'One execution of a procedure on a project.';
comment on column run.epoch is 'Fencing token: grows with every owner; a journal write of an older epoch is refused.';
comment on column run.pause_millis is 'How long clients were held; switches only.';

create unique index run_one_active_per_project on run (project_id)
    where status in ('PLANNED', 'RUNNING', 'ABORTING', 'BLOCKED');
comment on index run_one_active_per_project is 'A second run of a project is refused while one is not over.';

create table journal_entry (
    run_id bigint not null references run (id) on delete cascade,
    sequence integer not null,
    epoch integer not null,
    step text not null,
    part text not null,
    event text not null,
    sentence text not null,
    at timestamptz not null,
    duration_micros bigint,
    facts jsonb not null default '{}',
    primary key (run_id, sequence)
);
comment on table journal_entry is 'Write-ahead journal: STARTED is committed before the side effect of a step.';

create table held_back_schema (
    project_id bigint not null,
    database text not null,
    custom bytea not null,
    immediate text not null,
    held_back text not null,
    held_back_count integer not null,
    primary key (project_id, database)
);
comment on table held_back_schema is
    'Schema archives whose indexes and constraints still have to be built on the target, once the data is there.';

create table raised_fence (
    project_id bigint not null,
    side text not null,
    database text not null,
    read_only_default text,
    connection_limit integer not null,
    raised_at timestamptz not null,
    primary key (project_id, side, database)
);
comment on table raised_fence is
    'What a database had before it was fenced; written before the fence is raised, removed after it was lifted.';
