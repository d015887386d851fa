create table known_marks (
    project_id bigint not null,
    link text not null,
    marks jsonb not null,
    primary key (project_id, link)
);
comment on table known_marks is
    'By what each table of a link is known since it was last copied or compared, so that rows which were written anew, or under another name, and so not sent, are seen.';
