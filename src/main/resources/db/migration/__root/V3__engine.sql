-- What was one module is several by now, and the engine has the migrations of all that came from it: under its old name
-- they would be run again.
do $$
begin
    if to_regclass('flyway_schema_history_procedure') is not null
        and to_regclass('flyway_schema_history_engine') is null
    then
        alter table flyway_schema_history_procedure rename to flyway_schema_history_engine;
    end if;
end $$;
