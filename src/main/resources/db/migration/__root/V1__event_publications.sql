-- The structure that spring-modulith-events-jdbc 2.x expects (its schema v2 for PostgreSQL).
create table event_publication (
    id uuid primary key,
    listener_id text not null,
    event_type text not null,
    serialized_event text not null,
    publication_date timestamptz not null,
    completion_date timestamptz,
    status text,
    completion_attempts integer,
    last_resubmission_date timestamptz
);
comment on table event_publication is
    'Events between modules that some listener has not handled yet; written in the transaction that caused them.';

create index event_publication_serialized_event_hash on event_publication using hash (serialized_event);
create index event_publication_completion_date on event_publication (completion_date);
