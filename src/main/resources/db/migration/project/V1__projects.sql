create table project (
    id bigint generated always as identity primary key,
    slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,39}$'),
    name text not null,
    databases text[] not null check (cardinality(databases) > 0),
    lag_threshold_bytes bigint not null,
    pause_budget_millis bigint not null,
    pause_attempts integer not null,
    sequence_margin integer not null,
    long_transaction_limit_millis bigint not null,
    hard_fence boolean not null,
    copy_jobs integer not null,
    binary_copy boolean not null,
    phase text not null,
    serving_side text not null,
    revision integer not null,
    created_at timestamptz not null,
    phase_changed_at timestamptz not null
);
comment on table project is 'One upgrade of one PostgreSQL cluster, with its settings and how far it has come.';
comment on column project.slug is 'Name in URLs and in what is created on the servers; never changes.';
comment on column project.revision is 'Grows with every change; a change that was based on an older one is refused.';

create table project_cluster (
    project bigint not null references project (id) on delete cascade,
    side text not null check (side in ('SOURCE', 'TARGET')),
    host text not null,
    port integer not null,
    username text not null,
    password bytea,
    ssl_mode text not null,
    peer_host text,
    peer_port integer,
    major_version integer,
    primary key (project, side)
);
comment on table project_cluster is 'The two clusters of a project and how to sign in to them.';
comment on column project_cluster.password is
    'AES-256-GCM under the key of upshift.project.secret-key; null when it has to be entered again.';
comment on column project_cluster.peer_host is 'How the other cluster and the poolers reach it, where that differs.';
comment on column project_cluster.major_version is 'As the last connection test saw it.';

create table project_pooler (
    project bigint not null references project (id) on delete cascade,
    position integer not null,
    name text not null,
    host text not null,
    port integer not null,
    username text not null,
    password bytea,
    ssl_mode text not null,
    config_type text not null,
    config_path text not null,
    primary key (project, position),
    unique (project, name)
);
comment on table project_pooler is 'The PgBouncers in front of a project''s clusters.';
comment on column project_pooler.password is
    'AES-256-GCM under the key of upshift.project.secret-key; null when it has to be entered again.';
comment on column project_pooler.config_path is 'Where its [databases] entries are kept, in the store of config_type.';
