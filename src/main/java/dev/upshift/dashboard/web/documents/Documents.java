package dev.upshift.dashboard.web.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The Markdown files of the repository's folder {@code docs}, which the build puts on the class path. */
@Component
class Documents {

    private static final String FOLDER = "/documents/";

    /** Names only: no dots, so nothing outside the folder. */
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9-]+(/[A-Za-z0-9-]+)*");

    /** A link to another of these files, with or without a heading in it. */
    private static final Pattern TO_DOCUMENT = Pattern.compile("(?!\\w+:)(.*)\\.md(#.*)?");

    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());

    private final Parser parser = Parser.builder().extensions(EXTENSIONS).build();
    private final HtmlRenderer renderer = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .attributeProviderFactory(_ -> Documents::adaptLinks)
            .build();

    /** Only what there is: paths are made up by whoever asks. */
    private final Map<String, Document> known = new ConcurrentHashMap<>();

    /** @param path relative to the folder, without {@code .md} */
    Optional<Document> find(String path) {
        return PATH.matcher(path).matches()
                ? Optional.ofNullable(known.computeIfAbsent(path, this::read))
                : Optional.empty();
    }

    int remembered() {
        return known.size();
    }

    private @Nullable Document read(String path) {
        try (InputStream file = Documents.class.getResourceAsStream(FOLDER + path + ".md")) {
            return file == null ? null : document(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Document document(String markdown) {
        Node whole = parser.parse(markdown);
        return new Document(title(whole), renderer.render(whole));
    }

    private static String title(Node whole) {
        return whole.getFirstChild() instanceof Heading heading
                ? TextContentRenderer.builder().build().render(heading)
                : "Document";
    }

    /** Pages are where the files are, but for the end of their names. */
    private static void adaptLinks(Node node, String tag, Map<String, String> attributes) {
        if (node instanceof Link link) {
            attributes.put("href", TO_DOCUMENT.matcher(link.getDestination()).replaceFirst("$1$2"));
        }
    }
}
