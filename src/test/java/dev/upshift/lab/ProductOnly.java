package dev.upshift.lab;

import java.io.IOException;
import java.net.URL;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * Keeps the tests' own components and configurations out of an application that is started with tests on its class
 * path: it finds what its users' find and nothing more. To be given as a source beside the application's class.
 */
public final class ProductOnly extends TypeExcludeFilter {

    private static final URL TESTS =
            ProductOnly.class.getProtectionDomain().getCodeSource().getLocation();

    @Override
    public boolean match(MetadataReader type, MetadataReaderFactory factory) throws IOException {
        return type.getResource().getURL().toString().startsWith(TESTS.toString());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProductOnly;
    }

    @Override
    public int hashCode() {
        return ProductOnly.class.hashCode();
    }
}
