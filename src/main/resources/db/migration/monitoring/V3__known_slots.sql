create table known_slot (
    project bigint not null,
    slot text not null,
    generation integer not null default 0,
    observed_at timestamptz,
    database text,
    plugin text,
    flushed pg_lsn,
    restart pg_lsn,
    confirmed pg_lsn,
    sender integer,
    sender_since timestamptz,
    slots_changed timestamptz,
    doubted_at timestamptz,
    primary key (project, slot)
);
comment on table known_slot is
    'The last look at the slot of each link, to tell it from one that is made again under its name.';
comment on column known_slot.generation is
    'Grows when we make the slot, so that a look at the one before, still under way, is not taken for one at it.';
comment on column known_slot.observed_at is 'By the clock of the slot''s server; null until there was a look.';
comment on column known_slot.doubted_at is 'When a look did not prove that it met the same slot; null while none did.';
