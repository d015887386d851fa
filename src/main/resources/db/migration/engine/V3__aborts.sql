alter table run add column abort_requested_by text;
comment on column run.abort_requested_by is
    'Who asked for it to be aborted; its owner, whichever control plane that is, reads it when it renews its lease.';

alter table run add column past_pivot boolean not null default false;
comment on column run.past_pivot is
    'Set in the commit of the pivot: an abort and the pivot exclude each other by the lock on this row.';

update run set past_pivot = true
where exists (select from journal_entry entry
              where entry.run_id = run.id and entry.part = 'PIVOT' and entry.event = 'SUCCEEDED');
