create table known_tables (
    project_id bigint not null,
    link text not null,
    tables jsonb not null,
    primary key (project_id, link)
);
comment on table known_tables is
    'Which tables a link has carried since it was made, with their oids, so that one made again under its name is seen.';
