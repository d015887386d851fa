-- The end of a file of the server, if it has one.
select pg_read_binary_file(:file, greatest(size - :bytes, 0), :bytes) as content
from pg_stat_file(:file, true)
where size > 0 and not isdir
