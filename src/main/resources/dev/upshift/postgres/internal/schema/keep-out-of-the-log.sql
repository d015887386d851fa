-- For the rest of the transaction, where the user is a superuser.
select set_config(s.name, s.value, true)
from (values ('log_statement', 'none'), ('log_min_duration_statement', '-1'), ('log_min_error_statement', 'panic'),
             ('log_parameter_max_length_on_error', '0')) as s(name, value)
where (select rolsuper from pg_roles where rolname = current_user)
