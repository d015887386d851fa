package dev.upshift.project.internal;

/** Stored passwords were encrypted with another key than the one in use. */
final class WrongSecretKey extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    static final String PROBLEM = "The stored passwords cannot be decrypted: they were encrypted with another key.";

    static final String REMEDY =
            "Start with the key that was used before (UPSHIFT_SECRET_KEY, or the file secret-key in"
                    + " the data directory). If it is lost, so are the passwords: run \"update project_cluster set password ="
                    + " null; update project_pooler set password = null;\" in the metadata database, start again, and enter"
                    + " them anew in each project's settings.";

    WrongSecretKey(Throwable cause) {
        super(PROBLEM + " " + REMEDY, cause);
    }
}
