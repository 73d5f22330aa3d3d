package dev.attache.permissions;

import java.util.List;
import java.util.Optional;

/** The application's classes on the stack of the current thread. */
final class Callers {

    private static final String ROOT = "dev.attache.";

    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** Where a class was compiled to: whether it is the application's, or of its tests. */
    private static final ClassValue<Optional<String>> PACKAGES = new ClassValue<>() {

        @Override
        protected Optional<String> computeValue(Class<?> type) {
            if (!type.getName().startsWith(ROOT) || type.getPackageName().equals(Callers.class.getPackageName())) {
                return Optional.empty();
            }
            String place =
                    type.getProtectionDomain().getCodeSource().getLocation().getPath();
            return Optional.of(
                    place.contains("test-classes")
                            ? RecordedCall.TEST
                            : type.getPackageName().replaceFirst("^dev\\.attache\\.?", ""));
        }
    };

    private Callers() {}

    static List<String> packages() {
        return STACK.walk(frames -> frames.map(StackWalker.StackFrame::getDeclaringClass)
                .flatMap(type -> PACKAGES.get(type).stream())
                .distinct()
                .toList());
    }

    /** The class that called this one, without the given ones and their superclasses. */
    static Class<?> callerOf(Class<?> called) {
        return STACK.walk(frames -> frames.map(StackWalker.StackFrame::getDeclaringClass)
                .dropWhile(type -> type == Callers.class || type.isAssignableFrom(called))
                .findFirst()
                .orElseThrow());
    }
}
