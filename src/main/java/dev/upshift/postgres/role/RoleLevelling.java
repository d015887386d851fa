package dev.upshift.postgres.role;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Port;
import java.util.List;

/** Brings roles that were on the target before the copy level with those of the same name on the source. */
public interface RoleLevelling extends Port {

    /**
     * Gives what those roles lack: sign-in, password, limits, inheritance, settings, memberships in ordinary roles. Each
     * by itself: what the server refuses stays as it is. Never touches our own role, predefined roles, superusers and
     * the role of {@code initdb}, and neither gives power (superuser, creation of roles or databases, replication,
     * passing row security, predefined roles) nor takes a membership or sign-in from anybody: these are only named.
     * Roles' settings for one database are not compared. Can be repeated.
     */
    Levelled level(PostgresSession source, PostgresSession target);

    /**
     * Read back after it was done.
     *
     * @param levelled names of roles that were brought level in something
     * @param different what still differs, one text a role, such as “mighty (createdb)”
     * @param passwordsCompared whether our role may read on both sides how passwords are verified
     */
    record Levelled(List<String> levelled, List<String> different, boolean passwordsCompared) {}
}
