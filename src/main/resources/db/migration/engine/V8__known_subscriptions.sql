create table known_subscription (
    project_id bigint not null,
    link text not null,
    reads text not null,
    writer text,
    primary key (project_id, link)
);
comment on table known_subscription is
    'What the subscription of a link read, and who had altered it last, when both sides were known to be equal, so that what it passed over for a while is seen.';
comment on column known_subscription.writer is
    'Null once somebody else was seen to have altered it: nothing continues that before all rows are compared.';
