package dev.upshift.lab;

/**
 * A user name and its password.
 *
 * @param user the role's name
 * @param password the clear password; these are lab passwords and protect nothing
 */
public record Login(String user, String password) {

    /** The control plane's role: superuser on both sides, administrator of every pooler's console. */
    public static final Login UPSHIFT = new Login("upshift", "upshift-lab");

    /** The application's role: owns the schema {@code shop}; what the ledger writers sign in as. */
    public static final Login APP = new Login("app", "app-lab");

    /** The bootstrap superuser that {@code initdb} makes. */
    static final Login POSTGRES = new Login("postgres", "postgres-lab");
}
