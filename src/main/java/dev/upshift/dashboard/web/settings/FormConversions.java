package dev.upshift.dashboard.web.settings;

import dev.upshift.project.Acceptance;
import dev.upshift.shared.Quantities;
import dev.upshift.shared.SslMode;
import java.time.Duration;
import java.util.Optional;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;

/**
 * How texts in fields become values and values become texts. What cannot be read is said so that it follows the name of
 * the field: “The port” “has to be a whole number.”
 */
final class FormConversions {

    private FormConversions() {}

    static ConversionService service() {
        DefaultConversionService service = new DefaultConversionService();
        service.addConverter(String.class, Integer.class, FormConversions::whole);
        service.addConverter(
                String.class,
                Duration.class,
                text -> or(Quantities.duration(text), "is no duration. Write it like 5 s, 500 ms or 2 min."));
        service.addConverter(Duration.class, String.class, Quantities::duration);
        // Sizes are the only long numbers of a project.
        service.addConverter(
                String.class,
                Long.class,
                text -> or(Quantities.bytes(text), "is no size. Write it like 1 MiB, 500 kB or 1048576."));
        service.addConverter(Long.class, String.class, Quantities::bytes);
        service.addConverter(String.class, SslMode.class, FormConversions::mode);
        service.addConverter(SslMode.class, String.class, SslMode::parameter);
        service.addConverter(
                String.class, Acceptance.class, id -> or(Acceptance.of(id), "names a guard that nobody knows."));
        service.addConverter(Acceptance.class, String.class, Acceptance::id);
        return service;
    }

    private static Integer whole(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("has to be a whole number.");
        }
    }

    private static SslMode mode(String text) {
        try {
            return SslMode.ofParameter(text);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("is none of disable, allow, prefer, require, verify-ca, verify-full.");
        }
    }

    private static <T> T or(Optional<T> value, String otherwise) {
        return value.orElseThrow(() -> new IllegalArgumentException(otherwise));
    }
}
