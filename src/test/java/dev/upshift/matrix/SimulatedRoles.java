package dev.upshift.matrix;

import dev.upshift.postgres.catalog.EventTriggers.EventTrigger;
import dev.upshift.postgres.role.Roles;
import dev.upshift.postgres.role.Roles.Duty;
import dev.upshift.postgres.role.Roles.Lack;
import dev.upshift.postgres.role.Roles.Rights;
import dev.upshift.postgres.role.Roles.SignInRole;
import dev.upshift.postgres.role.Roles.SignInRoles;
import dev.upshift.postgres.session.PostgresSession;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One role of the application, alike on both sides but for who was shut out. */
final class SimulatedRoles implements Roles {

    static final String APPLICATION = "app";

    @Override
    public List<Lack> lacks(PostgresSession session, Set<Duty> duties, String link) {
        return server(session).lacking.stream()
                .map(what -> new Lack(what, "GRANT it"))
                .toList();
    }

    @Override
    public SignInRoles signIn(PostgresSession session) {
        return named(session, Set.of(APPLICATION));
    }

    @Override
    public SignInRoles named(PostgresSession session, Collection<String> names) {
        Map<String, SignInRole> roles = new LinkedHashMap<>();
        names.forEach(name -> roles.put(
                name,
                new SignInRole(
                        true,
                        false,
                        -1,
                        !server(session).shutOut.contains(name),
                        "verifier",
                        List.of(),
                        List.of(),
                        List.of())));
        return new SignInRoles(true, roles);
    }

    @Override
    public Rights rights(PostgresSession session, String link) {
        return new Rights(
                true, server(session).lacking + " " + server(session).shutOut + " " + server(session).eventTriggers);
    }

    @Override
    public boolean areStill(PostgresSession session, String link, Rights before) {
        return before.equals(rights(session, link));
    }

    /** What fires on our statements, whoever we are. */
    static List<EventTrigger> firing(PostgresSession session, Set<String> commands) {
        return server(session).eventTriggers.stream()
                .map(name -> new EventTrigger(name, "ddl_command_end", "public.note", "DISABLE it"))
                .toList();
    }

    private static Server server(PostgresSession session) {
        return ((Session) session).server;
    }
}
