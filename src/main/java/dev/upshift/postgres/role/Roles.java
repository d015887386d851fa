package dev.upshift.postgres.role;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What our own role may do on a server, and with which roles others sign in there. One or two statements per call. */
public interface Roles extends Port {

    /**
     * What the session's role lacks in its database; nothing for a superuser.
     *
     * @param link name of the publication or subscription that {@link Duty#LINK} is about
     */
    @Looks
    List<Lack> lacks(PostgresSession session, Set<Duty> duties, String link);

    /** The roles of others with which somebody may sign in, as seen from the session's database. */
    @Looks
    SignInRoles signIn(PostgresSession session);

    /** The same of the roles with these names, whoever they are; one that does not exist is missing in the answer. */
    @Looks
    SignInRoles named(PostgresSession session, Collection<String> names);

    /**
     * Everything that {@link #lacks} and {@link #signIn} depend on, to be compared later. What a fence changes is no part
     * of it.
     */
    @Looks
    Rights rights(PostgresSession session, String link);

    /**
     * Whether {@link #rights} of this session would be the same as they were; one cheap statement.
     *
     * @throws org.springframework.dao.DataAccessException if verifiers were read before and may not be read any more
     */
    @Looks
    boolean areStill(PostgresSession session, String link, Rights before);

    /**
     * @param withVerifiers whether the sum covers how passwords are verified
     * @param digest a sum
     */
    record Rights(boolean withVerifiers, String digest) {}

    /** Parts of a switch that need privileges. */
    enum Duty {
        /** {@code ALTER DATABASE}, ending sessions. */
        FENCE,
        /** A fence that keeps out everybody but superusers. */
        HARD_FENCE,
        /** Slots, and being replicated from. */
        SLOTS,
        /** Creating a subscription and telling where it begins. */
        SUBSCRIBE,
        /** Creating a publication of all tables. */
        PUBLISH,
        /** The rows that prove a link. */
        SENTINEL,
        /** A publication or subscription that is there. */
        LINK
    }

    /**
     * @param what it may not do, to follow “may not”
     * @param remedy a statement, or nearly one, for somebody who may
     */
    record Lack(String what, String remedy) {}

    /**
     * @param verifiersReadable whether our role may read how passwords are verified
     * @param roles by name, without our own, predefined ones, and the one that {@code initdb} made
     */
    record SignInRoles(boolean verifiersReadable, Map<String, SignInRole> roles) {}

    /**
     * @param expired {@code VALID UNTIL} is past
     * @param connectionLimit -1 for none
     * @param mayConnect to the database that was asked
     * @param verifier a digest of it, to be compared; null where there is none or it may not be read
     * @param settings its own, also those in this database
     * @param memberships names of the roles that it is a member of
     * @param attributes those that differ from a plain role's, in small letters
     */
    record SignInRole(
            boolean mayLogin,
            boolean expired,
            int connectionLimit,
            boolean mayConnect,
            @Nullable String verifier,
            List<String> settings,
            List<String> memberships,
            List<String> attributes) {}
}
