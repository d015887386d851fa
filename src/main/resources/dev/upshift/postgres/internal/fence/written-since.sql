-- Whether the published tables were changed since a position: what a subscriber would be sent, without sending it. An
-- insert, update, delete or truncate begins with its letter (PostgreSQL documentation, "Logical Replication Message
-- Formats"); beginnings and ends of transactions are no changes.
select exists (
    select
    from pg_logical_slot_peek_binary_changes(
            :link::name, null, null, 'proto_version', '1', 'publication_names', quote_ident(:link)) as change
    where change.lsn >= :since::pg_lsn
      and get_byte(change.data, 0) in (ascii('I'), ascii('U'), ascii('D'), ascii('T')))
