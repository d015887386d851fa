-- The server's own default, which no session of ours has because each sets its own.
select setting
from pg_file_settings
where name = 'default_transaction_read_only'
  and applied
