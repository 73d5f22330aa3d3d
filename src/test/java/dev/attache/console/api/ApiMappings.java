package dev.attache.console.api;

import dev.attache.console.ConsoleController;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMapping;

/** The console's controllers, and which of their methods are mapped below {@code /ops/api}. */
final class ApiMappings {

    private static final String START = "/ops/api/";

    private ApiMappings() {}

    /** All controllers in the class path, in the order of their names. */
    static List<Class<?>> controllers() {
        ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(ConsoleController.class));
        return scan.findCandidateComponents("dev.attache.console").stream()
                .<Class<?>>map(found -> ClassUtils.resolveClassName(
                        String.valueOf(found.getBeanClassName()), ApiMappings.class.getClassLoader()))
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }

    /** The methods of a controller that are mapped below {@code /ops/api}. */
    static Stream<Method> of(Class<?> controller) {
        return Arrays.stream(controller.getDeclaredMethods())
                .filter(method -> AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class))
                .filter(method -> path(controller, method).startsWith(START))
                .sorted(Comparator.comparing(Method::getName));
    }

    /** Adds the types of a signature, and of the components of records in it. */
    private static void collect(Type type, List<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            collect(generic.getRawType(), found);
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> collect(argument, found));
        } else if (type instanceof Class<?> raw && raw.getName().startsWith("dev.attache.") && !found.contains(raw)) {
            found.add(raw);
            if (raw.isRecord()) {
                Arrays.stream(raw.getRecordComponents())
                        .forEach(component -> collect(component.getGenericType(), found));
            }
            if (raw.isSealed()) {
                Arrays.stream(raw.getPermittedSubclasses()).forEach(permitted -> collect(permitted, found));
            }
        }
    }

    /** The path of a mapping, with that of its controller. */
    static String path(Class<?> controller, Method method) {
        RequestMapping common = AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
        RequestMapping own = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
        return first(common) + first(own);
    }

    private static String first(@Nullable RequestMapping mapping) {
        return mapping == null || mapping.path().length == 0 ? "" : mapping.path()[0];
    }

    /** The controllers and all types of ours in the signatures of their mappings. */
    static List<Class<?>> types(List<Class<?>> controllers) {
        List<Class<?>> found = new ArrayList<>(controllers);
        found.add(ProblemDocument.class);
        controllers.forEach(controller -> of(controller)
                .forEach(method -> Stream.concat(
                                Stream.of(method.getGenericReturnType()),
                                Arrays.stream(method.getGenericParameterTypes()))
                        .forEach(type -> collect(type, found))));
        return found;
    }
}
