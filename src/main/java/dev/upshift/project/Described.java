package dev.upshift.project;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What people are told of a setting; {@link Setting} has it as data. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
@interface Described {

    /** Where it stands in a form. */
    Setting.Section section();

    /** Its name within a sentence, e.g. {@code lag threshold}. */
    String called();

    /** Its name above a field, where that is another one. */
    String label() default "";

    /** What it does, in a sentence or two. */
    String help();

    /** What a number counts, where its name does not say it. */
    String unit() default "";
}
