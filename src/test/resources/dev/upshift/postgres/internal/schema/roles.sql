-- Roles with everything that a role can have, and a database with settings of its own.
set password_encryption = 'scram-sha-256';
create role "Sign In" login password 'it''s mine' connection limit 7 valid until '2099-12-31 23:59:59+00'
    noinherit createdb;
comment on role "Sign In" is 'has a ''comment''';
set password_encryption = 'md5';
create role old_fashioned login password 'md5-pass' bypassrls;
create role no_password login createrole;
create role chief superuser replication;
grant "Ware House" to "Sign In" with admin option;
grant "auditors ""all""" to "Ware House";
grant pg_monitor to "Sign In";
alter role "Sign In" set search_path = "$user", "Odd, ""Path"" x", public;
alter role "Sign In" set statement_timeout = '1min';
alter role "Sign In" set "my.setting" = 'it''s; drop';
alter role no_password set search_path = '';
alter role chief set default_transaction_read_only = on;
alter database warehouse owner to "Ware House";
alter database warehouse connection limit 90;
alter database warehouse set timezone = 'Europe/Zurich';
alter database warehouse set search_path = "Stock", public;
alter database warehouse set default_transaction_read_only = on;
alter role picker in database warehouse set work_mem = '7MB';
comment on database warehouse is 'what''s in stock';
revoke connect on database warehouse from public;
grant connect, temporary on database warehouse to picker with grant option;
