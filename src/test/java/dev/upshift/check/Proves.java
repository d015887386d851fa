package dev.upshift.check;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * On a test with real servers: in it the checks of these names both find something and let pass. It fails unless {@link
 * Witness} saw both. {@link CheckContractTests} asks that every check has such a test.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Witness.class)
public @interface Proves {

    /** Names of checks. */
    String[] value();
}
