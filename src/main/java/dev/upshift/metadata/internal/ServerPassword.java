package dev.upshift.metadata.internal;

import dev.upshift.shared.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The password of the embedded server: loopback is open to every user of the machine, the data directory is not.
 *
 * @param file where it is kept, readable by its owner only
 */
record ServerPassword(Path file, String text) {

    private static final int BYTES = 24;

    static ServerPassword in(DataDirectory directory) throws IOException {
        Path file = directory.resolve("metadata/password");
        if (!Files.exists(file)) {
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            directory.write("metadata/password", Base64.getUrlEncoder().encodeToString(random));
        }
        return new ServerPassword(file, Files.readString(file).strip());
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
