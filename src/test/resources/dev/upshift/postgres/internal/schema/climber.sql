-- A user whose functions try to make him a superuser, and write down who they ran as.
create role climber login;
create schema climber authorization climber;
set role climber;
create table climber.ran (way text, as_whom text);
create function climber.climb(way text) returns text language plpgsql as $$
declare
    attempt text;
begin
    foreach attempt in array array['select', 'reset role', 'reset session authorization', 'set role postgres',
                                   'set session authorization postgres'] loop
        begin execute attempt; exception when others then null; end;
        begin alter role climber superuser; exception when others then null; end;
    end loop;
    insert into climber.ran values (way, current_user);
    return way;
end $$;
create function climber.pure(way text, words text) returns text language plpgsql immutable as
    $$ begin return climber.climb(way) || words; end $$;
create table climber.shop (id int primary key, words text);
reset role;
