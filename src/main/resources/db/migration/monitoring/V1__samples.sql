create table replication_sample (
    project bigint not null,
    taken_at timestamptz not null,
    lag_bytes bigint,
    retained_bytes bigint,
    tables_ready integer not null,
    tables_total integer not null,
    primary key (project, taken_at)
);
comment on table replication_sample is
    'The course of replication, one row per sample, thinned with age. Rows of removed projects grow old and go.';
comment on column replication_sample.lag_bytes is
    'The largest lag over all links; null when it could not be told, or when nothing replicates.';
comment on column replication_sample.retained_bytes is 'The most write-ahead log that a slot of ours holds back.';

create table replication_snapshot (
    project bigint primary key,
    taken_at timestamptz not null,
    health text not null,
    snapshot jsonb not null,
    tables_taken_at timestamptz,
    tables jsonb
)
with (fillfactor = 50);
comment on table replication_snapshot is
    'What was seen last of each project, for control planes that did not sample it themselves, and after a restart.';
comment on column replication_snapshot.health is 'Of the snapshot; whoever changes it tells of the change.';
comment on column replication_snapshot.tables is 'Written less often than the snapshot: there may be ten thousand.';
