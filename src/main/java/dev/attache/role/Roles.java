package dev.attache.role;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The roles of this process. If it has one only, all its calls of AWS belong to that role.
 *
 * @param all one or more
 */
public record Roles(Set<Role> all) {

    /** The setting: a list, by default of all roles. */
    static final String SETTING = "attache.roles";

    public Roles {
        if (all.isEmpty()) {
            throw new UnusableRolesException(
                    "attache.roles names no role: name one or more of %s, or remove the setting for all of them"
                            .formatted(Role.NAMES));
        }
        all = Set.copyOf(EnumSet.copyOf(all));
    }

    /** @throws UnusableRolesException if the setting names no role, or one that does not exist */
    public static Roles of(Environment environment) {
        return Binder.get(environment)
                .bind(SETTING, Bindable.listOf(String.class))
                .map(Roles::of)
                .orElseGet(() -> new Roles(EnumSet.allOf(Role.class)));
    }

    private static Roles of(List<String> names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        names.stream().filter(name -> !name.isBlank()).map(Role::of).forEach(roles::add);
        return new Roles(roles);
    }

    public boolean has(Role role) {
        return all.contains(role);
    }
}
