package dev.upshift.upgrade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person who is signed in and opens pages, without the scripts and pictures in them. */
public final class Pages {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final String url;

    private Pages(String url) {
        this.url = url;
    }

    /** Signs the administrator in. */
    public static Pages of(ControlPlane upshift) {
        Pages pages = new Pages(upshift.url());
        Matcher token = TOKEN.matcher(pages.open("/login").text());
        if (!token.find()) {
            throw new AssertionError("No token in the form to sign in with");
        }
        String form = "username=admin&password=" + encoded(UpshiftApi.PASSWORD) + "&_csrf=" + encoded(token.group(1));
        HttpResponse<String> answer = pages.send(pages.request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
        String to = answer.headers().firstValue("Location").orElse("");
        if (answer.statusCode() != 302 || to.contains("error")) {
            throw new AssertionError("Not signed in: " + answer.statusCode() + " " + to);
        }
        return pages;
    }

    /** Fetches a page. */
    public Opened open(String path) {
        long begun = System.nanoTime();
        HttpResponse<String> answer = send(request(path).GET().build());
        return new Opened(path, answer.statusCode(), answer.body(), Duration.ofNanos(System.nanoTime() - begun));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("No answer to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** @param took from the request to the last byte of the answer */
    public record Opened(String path, int status, String text, Duration took) {

        @Override
        public String toString() {
            return path + ": " + status + ", " + text.length() + " characters, " + took.toMillis() + " ms";
        }
    }
}
