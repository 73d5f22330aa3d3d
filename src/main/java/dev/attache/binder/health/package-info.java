/** Reports the inputs of the binder to Spring Boot's health endpoint. */
@NullMarked
package dev.attache.binder.health;

import org.jspecify.annotations.NullMarked;
