package dev.upshift.dashboard.web.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;

import dev.upshift.engine.RunChanged;
import dev.upshift.identity.CurrentActor;
import dev.upshift.monitoring.SnapshotTaken;
import dev.upshift.project.ProjectNotFound;
import dev.upshift.project.Projects;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Over real connections to a real web server, because what may go wrong here is between the two. */
@Timeout(60)
class LiveUpdatesTests {

    private static final Duration SOON = Duration.ofSeconds(10);

    private static ConfigurableApplicationContext application;
    private static LiveStreams streams;

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        application = new SpringApplicationBuilder(Server.class)
                .properties("server.port=0", "spring.threads.virtual.enabled=true", "spring.config.name=none")
                .run();
        streams = application.getBean(LiveStreams.class);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @AfterEach
    void everybodyWhoLeavesIsForgotten() {
        listeners.forEach(Listener::leave);
        awaitListeners(0);
    }

    @Test
    void aListenerIsGreetedAndHearsWhatConcernsItsProject() {
        Listener lab = listen("/projects/lab/events");
        lab.hears(":listening");
        assertThat(lab.type).startsWith("text/event-stream");
        assertThat(lab.cacheControl).contains("no-store");

        application.publishEvent(new SnapshotTaken("other", false));
        application.publishEvent(new SnapshotTaken("lab", false));
        application.publishEvent(new RunChanged("lab", 3));

        lab.hears("event:snapshot");
        lab.hears("data:{\"slug\":\"lab\"}");
        lab.hears("event:run");
        lab.hears("\"number\":3");
        assertThat(lab.lines).noneMatch(line -> line.contains("other"));
    }

    @Test
    void whoListensToAllHearsOfEveryProject() {
        Listener all = listen("/events");
        all.hears(":listening");

        application.publishEvent(new SnapshotTaken("one", false));
        application.publishEvent(new SnapshotTaken("two", true));

        all.hears("\"one\"");
        all.hears("\"two\"");
    }

    @Test
    void bellsInQuickSuccessionAreHeardAsOneTheLastAlways() {
        Listener lab = listen("/projects/lab/events");
        lab.hears(":listening");
        AtomicInteger rung = new AtomicInteger();

        await().atMost(SOON).pollInterval(Duration.ofMillis(2)).until(() -> {
            application.publishEvent(new SnapshotTaken("lab", false));
            return rung.incrementAndGet() == 300;
        });
        application.publishEvent(new RunChanged("lab", 99));
        lab.hears("\"number\":99");

        // 300 bells over more than 0.6 s: never more than one in 200 ms
        long heard = lab.lines.stream().filter("event:snapshot"::equals).count();
        assertThat(heard).isBetween(1L, 60L);
    }

    @Test
    void nobodyListensOnMoreStreamsThanOneMay() {
        for (int i = 0; i < LiveStreams.STREAMS_OF_USER; i++) {
            streams.open("ann", null);
        }
        assertThatThrownBy(() -> streams.open("ann", "lab"))
                .isInstanceOf(LiveStreams.TooManyStreams.class)
                .hasMessageContaining("ann listens on " + LiveStreams.STREAMS_OF_USER + " streams already");
        for (int i = LiveStreams.STREAMS_OF_USER; i < LiveStreams.STREAMS; i++) {
            streams.open("user " + i, null);
        }
        assertThatThrownBy(() -> streams.open("bob", null)).isInstanceOf(LiveStreams.TooManyStreams.class);
        assertThat(status("/projects/lab/events")).isEqualTo(429);

        streams.stop();
        streams.start();
        Listener one = listen("/projects/lab/events");
        one.hears(":listening");
    }

    @Test
    void whoLeavesIsForgotten() {
        Listener one = listen("/projects/lab/events");
        Listener two = listen("/projects/lab/events");
        one.hears(":listening");
        two.hears(":listening");
        assertThat(streams.listeners()).isEqualTo(2);

        one.leave();

        awaitListeners(1);
        application.publishEvent(new RunChanged("lab", 7));
        two.hears("\"number\":7");
    }

    @Test
    void manyTabsListenAtTheSameTime() {
        List<Listener> tabs =
                Stream.generate(() -> listen("/projects/lab/events")).limit(50).toList();
        tabs.forEach(tab -> tab.hears(":listening"));

        application.publishEvent(new RunChanged("lab", 50));

        tabs.forEach(tab -> tab.hears("\"number\":50"));
    }

    @Test
    void streamsEndWhenTheApplicationStopsAndComeBackWithIt() {
        Listener lab = listen("/projects/lab/events");
        lab.hears(":listening");

        streams.stop();
        await().atMost(SOON).until(() -> lab.ended);
        assertThat(streams.listeners()).isZero();
        Listener late = listen("/projects/lab/events");
        await().atMost(SOON).until(() -> late.ended);

        streams.start();
        Listener again = listen("/projects/lab/events");
        again.hears(":listening");
        application.publishEvent(new SnapshotTaken("lab", false));
        again.hears("event:snapshot");
    }

    @Test
    void nobodyListensToAProjectThatIsNotThere() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request("/projects/nobody/events"), BodyHandlers.discarding())
                            .statusCode())
                    .isNotEqualTo(200);
        }
        assertThat(streams.listeners()).isZero();
    }

    /** That somebody has left is noticed when a bell cannot be delivered. */
    private static void awaitListeners(int number) {
        await().atMost(SOON).until(() -> {
            application.publishEvent(new SnapshotTaken("lab", false));
            return streams.listeners() == number;
        });
    }

    private Listener listen(String path) {
        Listener listener = new Listener(request(path));
        listeners.add(listener);
        return listener;
    }

    private static int status(String path) {
        try {
            return Listener.CLIENT
                    .send(request(path), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                        + application.getEnvironment().getProperty("local.server.port") + "/api/v1" + path))
                .header("Accept", "text/event-stream")
                .build();
    }

    /** A client that keeps what it hears. */
    private static final class Listener {

        private static final HttpClient CLIENT =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

        private final List<String> lines = new CopyOnWriteArrayList<>();
        private volatile String type = "";
        private volatile String cacheControl = "";
        private volatile @Nullable InputStream body;
        private volatile boolean ended;

        Listener(HttpRequest request) {
            Thread.ofVirtual().start(() -> listen(request));
        }

        private void listen(HttpRequest request) {
            try {
                HttpResponse<InputStream> answer = CLIENT.send(request, BodyHandlers.ofInputStream());
                type = answer.headers().firstValue("Content-Type").orElse("");
                cacheControl = answer.headers().firstValue("Cache-Control").orElse("");
                body = answer.body();
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))
                        .lines()
                        .forEach(lines::add);
            } catch (IOException | InterruptedException | UncheckedIOException left) {
                lines.add("left: " + left);
            } finally {
                ended = true;
            }
        }

        void hears(String what) {
            await(what).atMost(SOON).until(() -> lines.stream().anyMatch(line -> line.contains(what)));
        }

        void leave() {
            try {
                InputStream open = body;
                if (open != null) {
                    open.close();
                }
            } catch (IOException alreadyGone) {
                // gone is what was wanted
            }
        }
    }

    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class
    })
    @Import({LiveUpdates.class, LiveStreams.class})
    static class Server {

        @Bean
        CurrentActor actor() {
            return () -> "operator";
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        /** Knows the project lab; a page needs no more of it than its slug. */
        @Bean
        Projects projects() {
            Projects projects = mock(invocation -> {
                throw new ProjectNotFound(String.valueOf(invocation.getArguments()[0]));
            });
            doReturn(LabProject.LAB).when(projects).get("lab");
            return projects;
        }
    }
}
