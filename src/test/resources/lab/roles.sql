-- The lab's roles on every cluster. The application's own role is made where its schema is.
set password_encryption = 'scram-sha-256';
alter role postgres password '%1$s';
create role upshift login superuser replication password '%2$s';
