-- Sequences and rows by the number, for whoever measures.
create schema filling authorization app;
set role app;

do $$
begin
    for i in 1 .. %1$d loop
        execute format('create sequence filling.%%I start with %%s', 'Sequence ' || i, i);
        if i %% 2 = 0 then
            perform nextval(format('filling.%%I', 'Sequence ' || i));
        end if;
    end loop;
end $$;

create table filling."Rows" (
    "Row Id" bigint generated always as identity primary key,
    category integer not null,
    content  text not null,
    "At"     timestamptz not null
);
insert into filling."Rows" (category, content, "At")
select i %% 1000, md5(i::text) || repeat('x', 60), timestamptz '2024-01-01 00:00+00' + i * interval '1 second'
from generate_series(1::bigint, %2$d) i;
create index "Rows by Category" on filling."Rows" (category);
create index "Rows by Time" on filling."Rows" ("At");

reset role;
