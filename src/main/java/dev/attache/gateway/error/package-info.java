/** Pages for requests that no page answers, instead of the error pages of Spring Boot and Tomcat. */
@NullMarked
package dev.attache.gateway.error;

import org.jspecify.annotations.NullMarked;
