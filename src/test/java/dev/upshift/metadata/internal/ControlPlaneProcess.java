package dev.upshift.metadata.internal;

import dev.upshift.shared.DataDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A process of its own that holds nothing but the embedded metadata database, to be killed. */
final class ControlPlaneProcess implements AutoCloseable {

    private static final String READY = "METADATA AT ";

    private final Process process;
    private final String url;

    private ControlPlaneProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Runs in the other process. */
    public static void main(String[] arguments) throws InterruptedException {
        SpringApplication application = new SpringApplicationBuilder(MetadataConfiguration.class, DataDirectory.class)
                .web(WebApplicationType.NONE)
                .build();
        ConfigurableApplicationContext context = application.run(arguments);
        System.out.println(READY + context.getBean(EmbeddedMetadata.class).getJdbcUrl());
        Thread.currentThread().join();
    }

    static ControlPlaneProcess start(Path dataDirectory, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ControlPlaneProcess.class.getName(),
                "--" + DataDirectory.KEY + "=" + dataDirectory));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder said = new StringBuilder();
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        while (line != null && !line.startsWith(READY)) {
            said.append(line).append('\n');
            line = output.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("The process ended: " + said);
        }
        Thread.ofVirtual().start(() -> drain(output));
        return new ControlPlaneProcess(process, line.substring(READY.length()));
    }

    /** So that it never waits for somebody to read what it says. */
    private static void drain(BufferedReader output) {
        try {
            output.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return url;
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM. */
    void terminate() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
