-- What was one module is several by now, and the engine has the migrations of all that came from it: under its old name
-- they would be run again. The old history stays, so that a control plane of before can still start.
do $$
begin
    if to_regclass('flyway_schema_history_procedure') is not null
        and to_regclass('flyway_schema_history_engine') is null
    then
        create table flyway_schema_history_engine (like flyway_schema_history_procedure including all);
        insert into flyway_schema_history_engine select * from flyway_schema_history_procedure;
    end if;
end $$;

-- Events that no listener has handled yet are known by the names of their classes.
update event_publication
   set event_type = replace(event_type, 'dev.upshift.procedure.', 'dev.upshift.engine.'),
       listener_id = replace(listener_id, 'dev.upshift.procedure.', 'dev.upshift.engine.')
 where event_type like 'dev.upshift.procedure.%';
