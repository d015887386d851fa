alter table project_pooler
    add column application_username text,
    add column application_password bytea;
comment on column project_pooler.application_username is
    'A login of the application with which it is proven that clients get through; null where none is known.';
comment on column project_pooler.application_password is
    'AES-256-GCM under the key of upshift.project.secret-key; null when it has to be entered again.';
