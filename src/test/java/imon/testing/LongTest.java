package imon.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A test that takes seconds for many cases, nights or kills of something whose plain case another
 * test shows. {@code mvn verify} leaves it out, {@code mvn -Plong verify} runs these alone, and
 * whoever names a class with {@code -Dtest} gets all of it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Tag("long")
public @interface LongTest {}
