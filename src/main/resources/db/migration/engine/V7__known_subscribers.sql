create table known_subscriber (
    project_id bigint not null,
    link text not null,
    subscription bigint not null,
    system_identifier bigint not null,
    primary key (project_id, link)
);
comment on table known_subscriber is
    'Who subscribes over a link, so that the slots of its table copies are told from others'' when it cannot be asked any more.';
comment on column known_subscriber.system_identifier is 'From pg_control_system(); unsigned.';
