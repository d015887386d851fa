alter table project
    add column accepted text[] not null default '{}';
comment on column project.accepted is 'Names of guards whose objections the project accepts.';
