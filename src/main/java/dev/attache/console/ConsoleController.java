package dev.attache.console;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * A controller of the console, with mappings under {@code /ops}. It is no stereotype of component scans, so the public
 * port cannot serve it: its bean is declared by a configuration of the management port's context.
 *
 * <p>What its methods return is the body of the answer: a string is HTML, any other object is written as JSON. Methods
 * for GET must not change anything; all other methods need the role {@code operator}, whatever their path.
 */
@Documented
@ResponseBody
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ConsoleController {}
