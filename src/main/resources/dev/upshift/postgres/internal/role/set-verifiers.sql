-- Gives roles the password verifiers of the document in the setting upshift.verifiers, {role: verifier}. Neither the
-- text of this statement nor the error of it holds one.
do $$
declare
    role record;
begin
    for role in select key as name, value as verifier from jsonb_each_text(current_setting('upshift.verifiers')::jsonb)
    loop
        begin
            execute format('alter role %I password %L', role.name, role.verifier);
        exception when others then
            raise exception 'the password of role "%" cannot be set: %', role.name, sqlerrm;
        end;
    end loop;
end $$
