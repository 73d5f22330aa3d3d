package dev.attache.console.api;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What the Javadoc of the main sources says about types, methods and components of records, as plain text. */
final class JavadocTexts {

    private static final Path SOURCES = Path.of("src/main/java");

    private static final Pattern INLINE_TAG = Pattern.compile("\\{@(\\w+)\\s+([^}]*)}");

    private static final Pattern LINK_TARGET = Pattern.compile("^(?:[\\w.]*[.#])?(\\w+)(\\(.*\\))?$");

    private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^\\s*@");

    /** Comments by {@code Type}, {@code Outer.Nested} or {@code Type#method}. */
    private final Map<String, String> comments = new HashMap<>();

    /** @param types whose source files are read */
    JavadocTexts(List<Class<?>> types) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources = types.stream()
                    .map(JavadocTexts::source)
                    .distinct()
                    .filter(file -> file.toFile().isFile())
                    .toList();
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
            DocTrees trees = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Comments(trees, String.valueOf(unit.getPackageName())).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path source(Class<?> type) {
        Class<?> outer = type;
        while (outer.getEnclosingClass() != null) {
            outer = outer.getEnclosingClass();
        }
        return SOURCES.resolve(outer.getName().replace('.', '/') + ".java");
    }

    /** The first sentences of a type's comment. */
    Optional<String> of(Class<?> type) {
        return text(type.getCanonicalName());
    }

    Optional<String> ofMethod(Class<?> type, String method) {
        return text(type.getCanonicalName() + "#" + method);
    }

    /** What {@code @param} says about a component of a record. */
    Optional<String> ofComponent(Class<?> type, String component) {
        return parameter(type.getCanonicalName(), component);
    }

    /** What {@code @param} says about a parameter of a method. */
    Optional<String> ofParameter(Class<?> type, String method, String parameter) {
        return parameter(type.getCanonicalName() + "#" + method, parameter);
    }

    private Optional<String> parameter(@Nullable String name, String parameter) {
        return Optional.ofNullable(comments.get(Objects.requireNonNull(name)))
                .flatMap(comment -> Pattern.compile("(?s)@param\\s+" + parameter + "\\s+(.*?)(?=\\n\\s*@|\\z)")
                        .matcher(comment)
                        .results()
                        .findFirst())
                .map(tag -> plain(tag.group(1)));
    }

    private Optional<String> text(@Nullable String name) {
        return Optional.ofNullable(comments.get(Objects.requireNonNull(name)))
                .map(comment -> plain(BLOCK_TAG.split(comment, 2)[0]))
                .filter(text -> !text.isEmpty());
    }

    private static String plain(String comment) {
        return INLINE_TAG
                .matcher(comment)
                .replaceAll(tag -> Matcher.quoteReplacement(
                        inline(tag.group(1), tag.group(2).strip())))
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** A link is called by the last name of its target; all else stays as it is written. */
    private static String inline(String tag, String text) {
        return tag.equals("link") ? LINK_TARGET.matcher(text).replaceAll("$1") : text;
    }

    private final class Comments extends TreePathScanner<@Nullable Void, @Nullable Void> {

        private final DocTrees trees;

        private String prefix;

        private Comments(DocTrees trees, String prefix) {
            this.trees = trees;
            this.prefix = prefix;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
            String outer = prefix;
            prefix = outer + "." + type.getSimpleName();
            keep(prefix);
            super.visitClass(type, none);
            prefix = outer;
            return null;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
            keep(prefix + "#" + method.getName());
            return null;
        }

        private void keep(String name) {
            String comment = trees.getDocComment(getCurrentPath());
            if (comment != null) {
                comments.putIfAbsent(name, comment);
            }
        }
    }
}
