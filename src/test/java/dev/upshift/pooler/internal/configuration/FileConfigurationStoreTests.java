package dev.upshift.pooler.internal.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upshift.pooler.ConfigurationStore.StoreFailed;
import dev.upshift.pooler.ConfigurationStoreContract;
import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileConfigurationStoreTests extends ConfigurationStoreContract {

    private static final String BEFORE = "[databases]\r\nshop = host=old ; é\r\n";
    private static final PoolerConfiguration NEXT = IniConfiguration.of("[databases]\nshop = host=new\n");
    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    private final FileConfigurationStore store = new FileConfigurationStore();

    @TempDir
    private Path folder;

    private Path file;
    private ConfigurationLocation location;
    private String hash;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("databases.ini");
        Files.writeString(file, BEFORE);
        location = new ConfigurationLocation("file", file.toString());
        hash = store.read(location).hash();
    }

    @Override
    protected Stored stored(String text) throws IOException {
        Files.writeString(file, text);
        return Stored.in(store, location);
    }

    @Override
    protected ConfigurationLocation nowhere() {
        return new ConfigurationLocation("file", folder.resolve("attic.ini").toString());
    }

    @Test
    void readsTheTextAsItIs() {
        assertThat(store.type()).isEqualTo("file");
        assertThat(store.read(location).text()).isEqualTo(BEFORE);
    }

    @Test
    void stagingChangesNothingForThePooler() {
        store.stage(location, NEXT);

        assertThat(file).hasContent(BEFORE);
        store.unstage(location);
        assertThat(files()).containsExactly("databases.ini");
    }

    @Test
    void probingChangesNothingNotEvenWhatIsStaged() {
        store.probe(location);
        assertThat(files()).containsExactly("databases.ini");
        assertThat(file).hasContent(BEFORE);

        store.stage(location, NEXT);
        store.probe(location);
        store.activate(location, hash);
        assertThat(file).hasContent(NEXT.text());
    }

    @Test
    void activatesWhatWasStagedLast() {
        store.stage(location, IniConfiguration.of("something else"));
        store.stage(location, NEXT);

        store.activate(location, hash);

        assertThat(store.read(location).text()).isEqualTo(NEXT.text());
        store.unstage(location);
        assertThat(files()).containsExactly("databases.ini");
    }

    @Test
    void activatingAgainIsFineBecauseNobodyMayHaveNotedTheFirstTime() {
        store.stage(location, NEXT);
        store.activate(location, hash);

        store.activate(location, hash);

        assertThat(file).hasContent(NEXT.text());
    }

    @Test
    void activatesAgainWhatSomebodyHasPutBack() throws IOException {
        store.stage(location, NEXT);
        store.activate(location, hash);
        Files.writeString(file, BEFORE);

        store.activate(location, hash);

        assertThat(file).hasContent(NEXT.text());
    }

    @Test
    void refusesToOverwriteWhatSomebodyElseChanged() throws IOException {
        store.stage(location, NEXT);
        Files.writeString(file, "theirs");

        assertThatThrownBy(() -> store.activate(location, hash))
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("changed by something else");
        assertThat(file).hasContent("theirs");
    }

    @Test
    void refusesToActivateWhatWasNotStaged() {
        assertThatThrownBy(() -> store.activate(location, hash))
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining("Nothing is staged");
    }

    @Test
    void replacesInOneGoAndLeavesNothingBehindEvenIfRefused() {
        assertThatThrownBy(() -> store.replace(location, NEXT, "another hash")).isInstanceOf(StoreFailed.class);
        assertThat(files()).containsExactly("databases.ini");
        assertThat(file).hasContent(BEFORE);

        store.replace(location, NEXT, hash);
        assertThat(files()).containsExactly("databases.ini");
        assertThat(file).hasContent(NEXT.text());
    }

    @Test
    void followsSymbolicLinksAndKeepsThem() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("link.ini"), file);

        store.replace(new ConfigurationLocation("file", link.toString()), NEXT, hash);

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent(NEXT.text());
    }

    @Test
    void keepsPermissionsAndOwner() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        if (ROOT) {
            Files.setOwner(
                    file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        }
        var owner = Files.getOwner(file);

        store.stage(location, NEXT);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("databases.ini.upshift-next"))))
                .isEqualTo("rw-r-----");
        store.activate(location, hash);

        assertThat(Files.getOwner(file)).isEqualTo(owner);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void survivesWhatAnInterruptedAttemptLeft() throws IOException {
        Files.writeString(folder.resolve("databases.ini.upshift-next.writing"), "half");
        store.stage(location, NEXT);
        Files.delete(folder.resolve("databases.ini.upshift-ready"));

        store.activate(location, hash);

        assertThat(file).hasContent(NEXT.text());
    }

    @Test
    void tellsThatThereIsNoFile() {
        ConfigurationLocation missing =
                new ConfigurationLocation("file", folder.resolve("nope.ini").toString());

        assertThatThrownBy(() -> store.read(missing))
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining("There is no file")
                .hasMessageContaining("nope.ini");
        assertThatThrownBy(() -> store.read(new ConfigurationLocation("file", "\0")))
                .isInstanceOf(StoreFailed.class);
    }

    @Test
    void tellsThatItIsNoReadableText() throws IOException {
        assertThatThrownBy(() -> store.read(new ConfigurationLocation("file", folder.toString())))
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining("a folder, not a regular file");

        Files.write(file, "shop = host=é".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> store.read(location))
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining("not UTF-8");
    }

    /** The first would be read for ever, the second would never answer. */
    @Test
    void readsNoDeviceAndNoPipe() throws Exception {
        Path pipe = folder.resolve("pipe.ini");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        Path device = Files.createSymbolicLink(folder.resolve("device.ini"), Path.of("/dev/zero"));

        for (Path odd : List.of(pipe, device)) {
            ConfigurationLocation there = new ConfigurationLocation("file", odd.toString());
            assertThatThrownBy(() -> store.read(there))
                    .isInstanceOf(StoreFailed.class)
                    .hasMessageContaining("not a regular file");
            assertThatThrownBy(() -> store.probe(there)).isInstanceOf(StoreFailed.class);
            assertThatThrownBy(() -> store.stage(there, NEXT)).isInstanceOf(StoreFailed.class);
        }
        assertThat(files()).containsExactly("databases.ini", "device.ini", "pipe.ini");
    }

    @Test
    void readsNoFileThatIsLargerThanAConfigurationMayBe() throws IOException {
        byte[] allowed = " ".repeat(ConfigurationText.LARGEST_BYTES).getBytes(StandardCharsets.UTF_8);
        Files.write(file, allowed);
        assertThat(store.read(location).entries()).isEmpty();

        Files.write(file, new byte[] {' '}, java.nio.file.StandardOpenOption.APPEND);
        assertThatThrownBy(() -> store.read(location))
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining("larger than 8 MB");
    }

    @Test
    void tellsThatTheFolderTakesNoNewFile() throws IOException {
        Path closed = folder;
        if (ROOT) {
            // Where even root cannot write.
            closed = Path.of("/proc/self");
        } else {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        }
        ConfigurationLocation there =
                new ConfigurationLocation("file", (ROOT ? closed.resolve("status") : file).toString());
        try {
            assertThatThrownBy(() -> store.stage(there, NEXT)).isInstanceOf(StoreFailed.class);
            assertThatThrownBy(() -> store.probe(there)).isInstanceOf(StoreFailed.class);
            assertThat(file).hasContent(BEFORE);
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
