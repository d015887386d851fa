create table verification (
    id bigint generated always as identity primary key,
    project_id bigint not null,
    started_at timestamptz not null,
    ended_at timestamptz not null
);
comment on table verification is 'One whole comparison of the data of both sides of a project.';

create index verification_latest on verification (project_id, id desc);

create table verified_table (
    verification_id bigint not null references verification (id) on delete cascade,
    position integer not null,
    database_name text not null,
    schema_name text not null,
    table_name text not null,
    verdict text not null check (verdict in ('EQUAL', 'DIFFERENT', 'MISSING', 'FAILED')),
    source_rows bigint not null,
    target_rows bigint not null,
    source_hash text,
    target_hash text,
    millis bigint not null,
    note text,
    primary key (verification_id, position)
);
comment on table verified_table is 'What a comparison of one table came to.';
comment on column verified_table.source_hash is
    'Order-free hash over all rows as text; null where rows were written meanwhile and compared one by one.';
