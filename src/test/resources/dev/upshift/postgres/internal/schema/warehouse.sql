-- What real schemas hold and what a copy gets wrong: run by a superuser in an empty database.

create role "Ware House" login;
create role picker login;
create role "auditors ""all""" nologin;

create extension btree_gist;
create extension citext with schema public;

create schema "Stock" authorization "Ware House";
create schema "odd ""quoted"" name" authorization "Ware House";
comment on schema "Stock" is 'It''s what we have; 100 % of it';
grant usage on schema "Stock" to picker;
alter default privileges for role "Ware House" in schema "Stock" grant select on tables to picker;
alter default privileges for role "Ware House" grant execute on functions to "auditors ""all""";

set role "Ware House";
set search_path = "Stock";

-- Types and functions --------------------------------------------------------------------------------------------

create type "Mood" as enum ('sad', 'it''s ok', 'happy');
create type pair as ("Left" integer, "right" text);
create domain "Positive" as integer default 1 not null check (value > 0);
create domain email as text constraint "looks like an address" check (value ~ '@');

create function "Double It"(n integer) returns integer language sql immutable as 'select n * 2';
create function touch() returns trigger language plpgsql as $$
begin
    new."Touched At" := now();
    return new;
end $$;
create procedure "Do Nothing"(inout x integer default 1) language plpgsql as $$ begin x := x; end $$;
create aggregate "Product Of"(numeric) (sfunc = numeric_mul, stype = numeric, initcond = '1');
create function "Refers Later"() returns bigint language sql stable as 'select count(*) from pg_class';

-- Tables ---------------------------------------------------------------------------------------------------------

create sequence "Lot Numbers" as smallint start with 100 increment by 5 maxvalue 30000 cycle;

create table "Items" (
    "Item Id"    bigint generated always as identity (start with 10 increment by 3) primary key,
    "Name"       text not null,
    "Mood"       "Mood" not null default 'it''s ok',
    amount       "Positive",
    doubled      integer generated always as ("Double It"(3) + 1) stored,
    lot          smallint not null default nextval('"Lot Numbers"'),
    contact      email,
    parts        pair[],
    note         public.citext,
    "Touched At" timestamptz,
    constraint "Name is short" check (length("Name") < 100),
    constraint "one name per mood" unique ("Name", "Mood")
);
create index "Items by lower name" on "Items" (lower("Name") desc nulls last) where amount > 10;
create index on "Items" (amount) include (lot);
create unique index "unique, but no constraint" on "Items" (lot, "Item Id");
create trigger "touch it" before insert or update on "Items" for each row when (new.amount > 5) execute function touch();
alter table "Items" alter column "Name" set statistics 500;
alter table "Items" set (fillfactor = 80, autovacuum_enabled = true);
create statistics "items stats" (dependencies) on lot, amount from "Items";
comment on table "Items" is 'Has ''quotes'' and "more"';
comment on column "Items"."Name" is 'the name';
comment on index "Items by lower name" is 'held back, with its comment';
comment on trigger "touch it" on "Items" is 'held back too';
comment on constraint "one name per mood" on "Items" is 'and this';
grant select (lot, "Name"), update (lot) on "Items" to picker;
grant all on "Items" to "auditors ""all""" with grant option;

-- Tables that refer to each other, so that neither can be loaded first.
create table hen (id integer primary key, egg integer not null);
create table egg (id integer primary key, hen integer not null references hen deferrable initially deferred);
alter table hen add constraint "which egg" foreign key (egg) references egg on delete cascade not valid;

-- Identified by an index instead of a primary key.
create table "No Key" (code text not null, "Other" integer not null, what text);
create unique index "identity of No Key" on "No Key" (code, "Other");
create index "plain index of No Key" on "No Key" (what);
alter table "No Key" replica identity using index "identity of No Key";

-- Identified by a unique constraint's index.
create table "Unique Key" (code text not null constraint "Unique Key code" unique, what text);
alter table "Unique Key" replica identity using index "Unique Key code";

create table whole_row (a integer, b text);
alter table whole_row replica identity full;

create table "odd ""quoted"" name"."odd ""table""; drop" ("odd ""column""" integer primary key, " lead" text unique);

create unlogged table scratch (id integer primary key);

create table booking (
    room integer not null,
    during tstzrange not null,
    exclude using gist (room with =, during with &&)
);

create table animal (name text primary key, legs integer);
create table dog (breed text) inherits (animal);

-- Partitions -----------------------------------------------------------------------------------------------------

create table "Moves" (
    "Move Id" bigint not null,
    at        date not null,
    item      bigint not null references "Items",
    kind      text not null default 'in',
    primary key ("Move Id", at),
    unique (item, at, "Move Id")
) partition by range (at);
create index "Moves by kind" on "Moves" (kind);
create table "Moves 2024" partition of "Moves" for values from ('2024-01-01') to ('2025-01-01');
create table "Moves 2025" partition of "Moves" for values from ('2025-01-01') to ('2026-01-01') partition by range (at);
create table "Moves 2025 spring" partition of "Moves 2025" for values from ('2025-01-01') to ('2025-07-01');
create table moves_2025_default partition of "Moves 2025" default;
create index "only on one partition" on "Moves 2024" (item);

-- The identity of a partitioned table by an index that is attached from partition to root.
create table tagged (tag text not null, at integer not null) partition by range (at);
create table tagged_low partition of tagged for values from (0) to (100);
create unique index "tagged identity" on tagged (tag, at);
alter table tagged replica identity using index "tagged identity";
alter table tagged_low replica identity using index tagged_low_tag_at_idx;

-- Views, rules, policies -----------------------------------------------------------------------------------------

create view "Happy Items" with (security_barrier) as
    select "Item Id", "Name" from "Items" where "Mood" = 'happy' with local check option;
-- Needs a primary key to be there: grouped by the key alone.
create view "Grouped" as
    select i."Item Id", i."Name", count(m.item) from "Items" i left join "Moves" m on m.item = i."Item Id"
    group by i."Item Id";
create view "Grouped by unique" as select "Item Id", "Name" from "Items" group by "Item Id";
create recursive view "Numbers"(n) as values (1) union all select n + 1 from "Numbers" where n < 3;
create materialized view "Stock Value" as select lot, sum(amount) as total from "Items" group by lot;
create unique index "Stock Value by lot" on "Stock Value" (lot);
create materialized view "On top" as select sum(total) as total from "Stock Value" with no data;
create rule "no deletes" as on delete to "Happy Items" do instead nothing;

alter table hen enable row level security;
create policy "own hens" on hen for select to picker using (id % 2 = 0);
alter table "Items" disable trigger "touch it";

reset search_path;
reset role;

create function "Stock".watch() returns event_trigger language plpgsql as $$ begin null; end $$;
create event trigger "on any command" on ddl_command_end execute function "Stock".watch();
comment on event trigger "on any command" is 'held back';

create publication somebody_elses for table "Stock"."Items";

create schema upshift;
create table upshift.sentinel (id bigint primary key, token text);
