package dev.upshift.postgres.link;

import dev.upshift.shared.Direction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The names of what we create on the servers. A slot's name may hold only {@code [a-z0-9_]} and 63 characters, and is
 * unique in the cluster, hence the readable beginning and the hash.
 */
public final class LinkNames {

    private static final int READABLE = 18;

    private LinkNames() {}

    /** The one name that publication, slot and subscription of a link share. */
    public static String link(String slug, String database, Direction direction) {
        return prefix(slug) + readable(database) + "_" + hash(slug + "/" + database) + "_" + direction.word();
    }

    /** What the names of all links of a project begin with. */
    public static String prefix(String slug) {
        return "upshift_" + readable(slug) + "_";
    }

    private static String readable(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
        return plain.substring(0, Math.min(READABLE, plain.length()));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 3);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
