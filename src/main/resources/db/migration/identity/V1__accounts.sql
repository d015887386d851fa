create table account (
    id bigint generated always as identity primary key,
    name text not null unique,
    password_hash text not null,
    created_at timestamptz not null,
    password_changed_at timestamptz not null
);
comment on table account is 'Who may sign in.';
comment on column account.password_hash is 'With the algorithm in front, e.g. {bcrypt}$2a$10$…; never the password itself.';
