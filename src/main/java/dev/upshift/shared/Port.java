package dev.upshift.shared;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a method of a port does to the world outside: by this whoever hands the port over knows what to ask before it is
 * done. A method that says nothing changes something, so that one that was forgotten is guarded too much and not too
 * little.
 */
public interface Port {

    /** Only looks, or opens something, and leaves nothing behind that lasts. What is done through a port that it answers counts. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface Looks {}

    /**
     * Lets clients go, or ends what keeps them from being let go: every owner of a run would do the same, and clients are
     * waiting.
     */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface Releases {}
}
