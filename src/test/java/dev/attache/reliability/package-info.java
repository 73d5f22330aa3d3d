/**
 * What the worker promises for bad days, shown: crashes, outages, poison and duplicates. Each test has an AWS of its
 * own, and writes what it measured to {@code target/reliability}; {@code docs/reliability.md} holds a table of that.
 */
@NullMarked
package dev.attache.reliability;

import org.jspecify.annotations.NullMarked;
