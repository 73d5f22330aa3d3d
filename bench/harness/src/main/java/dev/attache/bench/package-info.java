/** Measures the worker, a plain listener and loops without a framework on the same emulator. */
package dev.attache.bench;
