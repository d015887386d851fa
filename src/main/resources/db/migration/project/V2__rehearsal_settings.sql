alter table project
    add column rehearsal_required boolean not null default false,
    add column rehearsal_max_age_millis bigint not null default 86400000;
comment on column project.rehearsal_required is 'Whether a cutover is refused unless its present plan was rehearsed.';
comment on column project.rehearsal_max_age_millis is
    'How old that rehearsal may be. Has a default, like the other, for a control plane that does not know it yet.';
