package dev.attache.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.thymeleaf.TemplateSpec;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * Renders the console's pages from {@code templates/console}. Besides the model, a template has the variables
 * {@code title}, {@code operator} (null before sign-in), {@code csrf} (the value of the form field {@code _csrf}),
 * {@code path} (of the request), {@code navigation}, {@code assets} (addresses by name) and {@code fmt}
 * ({@link ConsoleFormat}).
 */
public final class ConsolePages {

    /** The entries of the navigation. */
    private static final List<Destination> NAVIGATION = List.of(
            new Destination("Queues", "/ops"),
            new Destination("Dead letters", "/ops/dead-letters"),
            new Destination("Requests", "/ops/requests"),
            new Destination("Send a link", "/ops/share"),
            new Destination("Audit", "/ops/audit"));

    private final SpringTemplateEngine engine = new SpringTemplateEngine();

    private final Map<String, String> assets;

    private final ConsoleFormat format;

    /** @param assets the address of each asset, by its file name */
    public ConsolePages(Map<String, String> assets, ConsoleFormat format) {
        this.assets = Map.copyOf(assets);
        this.format = format;
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(ConsolePages.class.getClassLoader());
        resolver.setPrefix("templates/console/");
        resolver.setSuffix(".html");
        resolver.setTemplateMode(TemplateMode.HTML);
        resolver.setCharacterEncoding("UTF-8");
        engine.setTemplateResolver(resolver);
    }

    /** An entry of the navigation. */
    public record Destination(String name, String path) {

        /** Whether the page at this path belongs to this entry. */
        public boolean contains(String page) {
            return page.equals(path)
                    || (!path.equals("/ops") && page.startsWith(path + "/"))
                    // Tasks are about dead letters.
                    || (path.equals("/ops/dead-letters") && page.startsWith("/ops/tasks/"));
        }
    }

    /**
     * Renders a page in the layout with navigation.
     *
     * @param name the template's file name without {@code .html}
     * @param title the page's title and heading
     * @param operator who reads it; null before sign-in
     */
    public String page(String name, String title, @Nullable Operator operator, Map<String, ?> model) {
        Map<String, Object> variables = variables(operator, model);
        variables.put("title", title);
        return engine.process(name, new Context(Locale.ENGLISH, variables));
    }

    /** Renders a page for a request that no controller answers. */
    public String page(
            HttpServletRequest request, String name, String title, @Nullable Operator operator, Map<String, ?> model) {
        RequestAttributes before = RequestContextHolder.getRequestAttributes();
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        try {
            return page(name, title, operator, model);
        } finally {
            RequestContextHolder.setRequestAttributes(before);
        }
    }

    /**
     * Renders a part of a template, for htmx.
     *
     * @param fragment the name of its {@code th:fragment}
     */
    public String fragment(String name, String fragment, Operator operator, Map<String, ?> model) {
        return engine.process(
                new TemplateSpec(name, Set.of(fragment), TemplateMode.HTML, null),
                new Context(Locale.ENGLISH, variables(operator, model)));
    }

    private Map<String, Object> variables(@Nullable Operator operator, Map<String, ?> model) {
        Map<String, Object> variables = new HashMap<>(model);
        variables.put("operator", operator);
        variables.put("csrf", csrf());
        variables.put("path", path());
        variables.put("navigation", NAVIGATION);
        variables.put("assets", assets);
        variables.put("fmt", format);
        return variables;
    }

    private static String csrf() {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        return request != null
                        && request.getAttribute(CsrfToken.class.getName(), RequestAttributes.SCOPE_REQUEST)
                                instanceof CsrfToken token
                ? token.getToken()
                : "";
    }

    private static String path() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                ? Objects.requireNonNullElse(request.getRequest().getServletPath(), "")
                : "";
    }
}
