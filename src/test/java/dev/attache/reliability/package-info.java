/**
 * Tests of crashes, outages, poison messages and duplicates. Each test has its own AWS, and writes its figures to
 * {@code target/reliability}; {@code docs/reliability.md} has a table of them.
 */
@NullMarked
package dev.attache.reliability;

import org.jspecify.annotations.NullMarked;
