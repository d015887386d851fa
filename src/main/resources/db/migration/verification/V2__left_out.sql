alter table verification
    add column publisher text check (publisher in ('SOURCE', 'TARGET')),
    add column left_out text[] not null default '{}';
comment on column verification.publisher is 'The side that served, and sent its changes to the other; null in rows of before this column.';
comment on column verification.left_out is 'What was not compared, because it is not carried: phrases with names and sizes.';
