create table direct_client (
    project bigint not null,
    side text not null,
    database text not null,
    username text not null,
    application text not null,
    address text not null,
    sessions integer not null,
    first_seen timestamptz not null,
    last_seen timestamptz not null,
    primary key (project, side, database, username, application, address)
);
comment on table direct_client is
    'Clients seen on a side that did not come through a pooler of the project. Grow old and go.';
comment on column direct_client.address is 'client_addr; empty for a Unix socket.';
comment on column direct_client.sessions is 'How many there were when last seen.';
