alter table known_slot add column publication text;
comment on column known_slot.publication is
    'Who wrote the row of the slot''s publication, which is another one once it was altered; null until that was looked at.';
