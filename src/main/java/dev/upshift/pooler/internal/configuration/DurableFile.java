package dev.upshift.pooler.internal.configuration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes files that are whole and on the disk, or not there. */
final class DurableFile {

    private static final String UNFINISHED = ".writing";

    private DurableFile() {}

    /** Writes a file that the same people may read and write as {@code like}. */
    static void write(Path file, byte[] content, Path like) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        Files.deleteIfExists(unfinished);
        try {
            // Closed to others until it has its final permissions: it may hold passwords.
            Files.createFile(
                    unfinished,
                    PosixFilePermissions.asFileAttribute(
                            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)));
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                giveAwayLike(like, unfinished);
                channel.force(true);
            }
            rename(unfinished, file);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes a rename in this folder survive a crash of the machine. */
    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Gives a file the owner, group and permissions of another one. Only root may give files away; for anybody else
     * the new file is refused where the old one's owner could not read it any more, because PgBouncer runs as that.
     */
    private static void giveAwayLike(Path like, Path file) throws IOException {
        PosixFileAttributes wanted = Files.readAttributes(like, PosixFileAttributes.class);
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        PosixFileAttributes given = view.readAttributes();
        boolean groupKept = given.group().equals(wanted.group()) || tried(() -> view.setGroup(wanted.group()));
        boolean ownerKept = given.owner().equals(wanted.owner()) || tried(() -> view.setOwner(wanted.owner()));
        Set<PosixFilePermission> permissions = wanted.permissions();
        boolean stillReadable = ownerKept
                || permissions.contains(PosixFilePermission.OTHERS_READ)
                || (groupKept && permissions.contains(PosixFilePermission.GROUP_READ));
        if (!stillReadable) {
            throw new FileSystemException(
                    like.toString(),
                    null,
                    ("only its owner %s may read it, and a new file cannot be given to that user; run Upshift as that user,"
                                    + " or let the file's group read it and put Upshift's user into that group")
                            .formatted(wanted.owner().getName()));
        }
        view.setPermissions(permissions);
    }

    private static boolean tried(Change change) {
        try {
            change.make();
            return true;
        } catch (IOException notAllowed) {
            return false;
        }
    }

    private interface Change {
        void make() throws IOException;
    }
}
