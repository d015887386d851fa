-- Which files hold what the server writes down, and whether our role may read them. Without a collector the server
-- writes where its own output leads: to a file where it was started so, which each of its processes still has open. A
-- pipe, a terminal and the like have no length, and are never opened.
select has_function_privilege('pg_current_logfile(text)', 'execute') as may_find,
       has_function_privilege('pg_stat_file(text,boolean)', 'execute')
           and has_function_privilege('pg_read_binary_file(text,bigint,bigint)', 'execute') as may_read,
       pg_has_role('pg_read_server_files', 'usage') as may_read_anywhere,
       current_setting('logging_collector') = 'on' as collected,
       current_setting('log_destination') as destination
