alter table known_subscriber add column database bigint not null default 0;
comment on column known_subscriber.database is
    'The oid of the database with the subscription in it, which stays when it is renamed; 0 where it was not kept.';
