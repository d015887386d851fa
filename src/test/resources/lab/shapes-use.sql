-- What is written to the tables of shapes.sql on whichever side serves: new, changed and gone rows, again and again.
select nextval('yard.turns');
select set_config('yard.turn', (1000 + last_value)::text, true) from yard.turns;

update yard.crates set label = label || '!';
insert into depot.crates values (current_setting('yard.turn')::int, 'new', 'n');
delete from "yard.depot".crates where id = 3;
insert into "yard.depot".crates values (3, current_setting('yard.turn'));
update "Größe ""L"" '5' $2 %d \ ;--"."Line
and	tab" set "a""b, (c)" = "a""b, (c)" || 'y';
insert into yard."ÖÄÜ: the longest name that a table may have, sixty-three byt" (label) values ('new');
update yard.s set count = count || '+' where id <= 5;
update yard."table" set "user" = "user" || '+';

update yard.rebuilt set moved = moved + 1, late = null where id < 4;
insert into yard.rebuilt (id, kept) values (current_setting('yard.turn')::int, 'new');
update yard.kinds set nu = nu * 10, st = 'worn', pl.hall = 8, ar[5] = 4, la = null;
insert into yard.kinds (id, fl, xm, co) values (current_setting('yard.turn')::int, '-0', '<new/>', '{NULL,y@z}');
update yard.parent set label = label || '+';
update yard.moves set at = case when at < '2025-01-01' then date '2031-06-06' else date '2024-06-06' end;
update yard.by_index set b = b || '+' where a = 1;
update yard.whole set label = label || '+' where k < 3;
delete from yard.whole where k = 5;
insert into yard.whole values (5, repeat(current_setting('yard.turn'), 3000), 'new');

update yard.guarded set label = label || '+';
update yard.watched set label = label || '+' where id = 1;
insert into yard.watched values (current_setting('yard.turn')::int);
delete from yard.watched where id = current_setting('yard.turn')::int - 1;
update yard.many set b = b + 1 where id % 10 = 1;
update yard.named set label = label || '+' where name = 'STRAßE';
insert into yard.named values (current_setting('yard.turn'), 'new');
