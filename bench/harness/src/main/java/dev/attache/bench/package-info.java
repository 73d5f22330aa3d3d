/** Measures the worker, a plain listener and a loop in Python side by side, on one emulator. */
package dev.attache.bench;
