-- Names, shapes and behaviours of objects that a copy, a link or a comparison can get wrong, in a schema beside the
-- shop. Run by a superuser.

-- Names ----------------------------------------------------------------------------------------------------------

create schema yard;
create schema depot;
create schema "yard.depot";
create schema "Größe ""L"" '5' $2 %d \ ;--";

create table yard.crates (id int primary key, label text);
create table depot.crates (id int primary key, label text, shelf text);
create table "yard.depot".crates (id int primary key, label text);
insert into yard.crates values (1, 'of the yard');
insert into depot.crates values (1, 'of the depot', 'a'), (2, 'of the depot', 'b');
insert into "yard.depot".crates values (1, 'of both'), (2, 'of both'), (3, 'of both');

create table "Größe ""L"" '5' $2 %d \ ;--"."Line
and	tab" ("where" int primary key, "a""b, (c)" text);
insert into "Größe ""L"" '5' $2 %d \ ;--"."Line
and	tab" values (1, 'x');

create table yard."ÖÄÜ: the longest name that a table may have, sixty-three byt" (id serial primary key, label text);
insert into yard."ÖÄÜ: the longest name that a table may have, sixty-three byt" (label) values ('x');

-- Columns named as our own statements might name theirs, and one as the table.
create table yard.s (s text, id int primary key, t text, r text, c text, x text, hash text, count text);
insert into yard.s select 'same', g, 't', 'r', 'c', 'x', 'h', 'n' || g from generate_series(1, 10) as g;
create table yard."table" (id int primary key, "user" text);
insert into yard."table" values (1, 'x');

-- Shapes ---------------------------------------------------------------------------------------------------------

-- What lies in the file is not what the columns are, and their order on the other side is another one.
create table yard.rebuilt (gone int, moved text, id int primary key, kept text);
insert into yard.rebuilt select g, 'm', g, 'k' from generate_series(1, 10) as g;
alter table yard.rebuilt drop column moved;
alter table yard.rebuilt add column late text default 'late', drop column gone;
alter table yard.rebuilt add column moved int default 5;

create type yard.place as (town text, code text, hall int);
alter type yard.place drop attribute code;
alter type yard.place add attribute gate text;
create domain yard.labels as text[] check (array_length(value, 1) <= 4);
create domain yard.contact as text check (value like '%@%');
create type yard.state as enum ('new', 'old');
alter type yard.state add value 'worn' before 'old';
create table yard.kinds (
    id int primary key, la yard.labels, co yard.contact[], pl yard.place, pls yard.place[], st yard.state, ra int8range,
    mo money, iv interval, bi bit(4), vb varbit, xm xml, js json, jb jsonb, fl float8, re real, nu numeric,
    ts timestamptz, ti timetz, by bytea, ch char(6), na name, rc regclass, po point, tv tsvector, ar int[], ad inet);
insert into yard.kinds values
    (1, '{a,"b, c",NULL}', '{x@y}', '("am, see",7,"g""1")', array[row('b', 2, null)::yard.place], 'old', '(1,9]',
     '98.76', '2 mon -3 days 04:05:06.789', '1010', '1', '<a b="c">d</a>', '{"b" : 1,  "a":2, "b":3}', '{"b":1,"a":2}',
     '-0', '0.1', '2.500', '-infinity', '23:59:60+05:30', '\xff00', 'ab', 'n', 'yard.kinds', '(3,4)', 'c:3A d:4',
     '[-1:1]={1,2,3}', '10.0.0.1/8'),
    (2, null, null, null, null, null, 'empty', null, null, null, null, null, null, null, 'NaN', '-Infinity', 'NaN',
     'infinity', null, '', '', '', null, null, '', '{}', '::1');

create table yard.parent (id int primary key, label text);
create table yard.child (extra text) inherits (yard.parent);
alter table yard.child add primary key (id);
insert into yard.parent values (1, 'p');
insert into yard.child values (1, 'c', 'e'), (2, 'c', 'e');

create table yard.moves (id int, at date, label text, primary key (id, at)) partition by range (at);
create table yard.moves_24 (label text, scrap int, at date not null, id int not null);
alter table yard.moves_24 drop column scrap;
alter table yard.moves attach partition yard.moves_24 for values from ('2024-01-01') to ('2025-01-01');
create table yard.moves_else partition of yard.moves default;
insert into yard.moves values (1, '2024-06-06', 'x'), (2, '2031-01-01', 'y');

create table yard.by_index (a int not null, b text not null, label text);
create unique index by_index_key on yard.by_index (b, a);
alter table yard.by_index replica identity using index by_index_key;
insert into yard.by_index values (1, 'x', 'l'), (2, 'y', 'l');

create table yard.whole (k int, big text, label text);
alter table yard.whole replica identity full;
alter table yard.whole alter column big set storage external;
insert into yard.whole select g, repeat(md5(g::text), 300), 'l' from generate_series(1, 5) as g;

-- Behaviours -----------------------------------------------------------------------------------------------------

create table yard.guarded (id int primary key, holder name, label text);
alter table yard.guarded enable row level security;
alter table yard.guarded force row level security;
create policy own on yard.guarded using (holder = current_user);
insert into yard.guarded values (1, 'postgres', 'l'), (2, 'somebody', 'l');

create table yard.watched (id int primary key, label text default 'l');
create table yard.seen (id bigserial primary key, what text);
create function yard.see() returns trigger language plpgsql as
    $$ begin insert into yard.seen (what) values (tg_name || ' ' || tg_op); return new; end $$;
create trigger off before insert or update on yard.watched for each row execute function yard.see();
alter table yard.watched disable trigger off;
create trigger "on" after insert or update on yard.watched for each row execute function yard.see();
create rule off as on delete to yard.watched do also insert into yard.seen (what) values ('rule');
alter table yard.watched disable rule off;
insert into yard.watched select g from generate_series(1, 10) as g;

create table yard.many (id int primary key, a int, b int, label text) with (fillfactor = 73, autovacuum_enabled = off);
insert into yard.many select g, g % 10, g % 20, 'l' from generate_series(1, 3000) as g;
create statistics yard.many_a_b (dependencies, ndistinct) on a, b from yard.many;
alter statistics yard.many_a_b set statistics 234;
create index many_sum on yard.many ((a + b)) where label is not null;
alter index yard.many_sum alter column 1 set statistics 345;
alter table yard.many alter column a set statistics 456, alter column label set (n_distinct = -0.5);
alter table yard.many cluster on many_pkey;
alter table yard.many add constraint small check (a < 5) not valid;
comment on constraint small on yard.many is 'most rows are not';
comment on column yard.many.label is E'line1\nline2 ''q'' \\';

create materialized view yard.sums as select a, count(*) as rows from yard.many group by a;
create unique index on yard.sums (a);
create materialized view yard.unfilled as select 1 as one with no data;
create view yard.few with (security_barrier) as select id from yard.many where a = 1 with check option;

create foreign data wrapper nowhere;
create server "far 'off'" foreign data wrapper nowhere options (host 'old.example', password 'p''w');
create user mapping for current_user server "far 'off'" options (password 'x"y\z');
create foreign table yard.distant (id int) server "far 'off'";

create text search configuration yard.plain (copy = simple);
create collation yard.loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
create table yard.named (name text collate yard.loose primary key, label text);
insert into yard.named values ('Straße', 'l'), ('apple', 'l');

create procedure yard.same(inout a int) language sql as $$ select a $$;
grant execute on procedure yard.same to public;

create publication others_all for all tables;
create publication others_some for table yard.many, yard.watched with (publish = 'insert');
comment on publication others_some is 'of somebody else';

create sequence yard.turns;
