package dev.upshift.project.internal;

import dev.upshift.project.Cluster;
import dev.upshift.project.InvalidProject;
import dev.upshift.project.ProjectDraft;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ApplicationLogin;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What can be told about a draft without trying it: every problem at once, none that only a server can know. */
final class DraftRules {

    /** Fits into a URL and into the names of slots and subscriptions (63 bytes). */
    private static final Pattern SLUG = Pattern.compile("[a-z][a-z0-9-]{1,39}");

    /** Names and addresses only: nothing that could end a value in a connection string or in pgbouncer.ini. */
    private static final Pattern HOST = Pattern.compile("(?:[A-Za-z0-9]|::[A-Fa-f0-9])[A-Za-z0-9._:-]{0,252}");

    /** {@code NAMEDATALEN} - 1 (PostgreSQL documentation, "Identifiers and Key Words"). */
    private static final int LONGEST_IDENTIFIER = 63;

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_PATH = 1_000;
    private static final int LAST_PORT = 65_535;

    private final FieldProblems problems = new FieldProblems();

    private final String passwordMissing;

    private DraftRules(String passwordMissing) {
        this.passwordMissing = passwordMissing;
    }

    /** @throws InvalidProject with every problem */
    static void check(ProjectDraft draft) {
        check(draft, "The password of %s is missing.");
    }

    /**
     * @param draft a change, with the stored passwords filled in
     * @throws InvalidProject with every problem
     */
    static void checkChange(ProjectDraft draft) {
        check(draft, "Enter the password of %s: a stored one is kept only for the same addresses.");
    }

    private static void check(ProjectDraft draft, String passwordMissing) {
        DraftRules rules = new DraftRules(passwordMissing);
        rules.names(draft);
        rules.cluster("source", draft.source());
        rules.cluster("target", draft.target());
        rules.problems.require(
                draft.target().endpoint().host().isBlank()
                        || !draft.source()
                                .endpoint()
                                .isAt(
                                        draft.target().endpoint().host(),
                                        draft.target().endpoint().port()),
                "target.host",
                "Source and target are the same server; the target is the cluster on the newer major version.");
        rules.databases(draft.databases());
        rules.poolers(draft.poolers());
        SettingRules.check(draft.settings(), rules.problems);
        rules.problems.throwIfAny();
    }

    private void names(ProjectDraft draft) {
        problems.require(
                SLUG.matcher(draft.slug()).matches(),
                "slug",
                "The slug needs 2 to 40 characters: small letters, digits and hyphens, a letter first.");
        problems.text("name", draft.name(), LONGEST_NAME);
    }

    private void cluster(String field, Cluster cluster) {
        endpoint(field, cluster.endpoint());
        String peerHost = cluster.peerHost();
        Integer peerPort = cluster.peerPort();
        if (peerHost != null) {
            host(field + ".peerHost", peerHost);
        }
        if (peerPort != null) {
            port(field + ".peerPort", peerPort);
        }
    }

    private void endpoint(String field, Endpoint endpoint) {
        host(field + ".host", endpoint.host());
        port(field + ".port", endpoint.port());
        identifier(field + ".username", endpoint.username());
        problems.require(
                !endpoint.password().isBlank(),
                field + ".password",
                passwordMissing.formatted(endpoint.username().isBlank() ? "the user" : endpoint.username()));
    }

    private void login(String field, ApplicationLogin login) {
        identifier(field + ".username", login.username());
        problems.require(
                !login.password().isBlank(),
                field + ".password",
                passwordMissing.formatted(login.username().isBlank() ? "the application" : login.username()));
    }

    private void host(String field, String host) {
        problems.require(
                HOST.matcher(host).matches(),
                field,
                host.isBlank()
                        ? "The host is missing."
                        : "This is no host name and no IP address. Give one alone, without brackets, port, scheme or list.");
    }

    private void port(String field, int port) {
        problems.require(
                port >= 1 && port <= LAST_PORT, field, "A port is between 1 and " + LAST_PORT + ", not " + port + ".");
    }

    private void identifier(String field, String name) {
        problems.text(field, name, LONGEST_IDENTIFIER);
    }

    private void databases(List<String> databases) {
        problems.require(!databases.isEmpty(), "databases", "Name at least one database that moves.");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < databases.size(); i++) {
            String field = "databases[" + i + "]";
            identifier(field, databases.get(i));
            problems.require(
                    !databases.get(i).equals("template0") && !databases.get(i).equals("template1"),
                    field,
                    "Template databases are not upgraded; name the databases that clients use.");
            problems.require(
                    seen.add(databases.get(i)), field, "The database " + databases.get(i) + " is named twice.");
        }
    }

    private void poolers(List<PoolerAddress> poolers) {
        problems.require(!poolers.isEmpty(), "poolers", "Name at least one PgBouncer in front of the source.");
        Set<String> names = new HashSet<>();
        Set<String> addresses = new HashSet<>();
        for (int i = 0; i < poolers.size(); i++) {
            PoolerAddress pooler = poolers.get(i);
            String field = "poolers[" + i + "]";
            problems.text(field + ".name", pooler.name(), LONGEST_NAME);
            problems.require(
                    names.add(pooler.name()), field + ".name", "Two poolers are called " + pooler.name() + ".");
            endpoint(field, pooler.console());
            problems.require(
                    addresses.add(pooler.console().address()),
                    field + ".host",
                    "Two poolers have the address " + pooler.console().address() + ".");
            ApplicationLogin application = pooler.application();
            if (application != null) {
                login(field + ".application", application);
            }
            problems.text(field + ".config.type", pooler.configuration().type(), LONGEST_NAME);
            problems.text(field + ".config.path", pooler.configuration().path(), LONGEST_PATH);
        }
    }
}
