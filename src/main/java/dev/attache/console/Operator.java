package dev.attache.console;

/**
 * Who is signed in. Methods of a {@link ConsoleController} may have a parameter of this type.
 *
 * @param name unique among those who may sign in
 * @param mayAct whether this is an operator; otherwise a viewer, who may only read
 */
public record Operator(String name, boolean mayAct) {}
