package dev.attache.wording;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * The Thymeleaf templates of one room, with its texts. It has an engine of its own, because Spring Boot's is for views:
 * one set of texts for all, and no plain text.
 */
public final class Templates {

    private final MessageSource texts;
    private final SpringTemplateEngine engine = new SpringTemplateEngine();

    /**
     * @param folder the folder in {@code templates/} with the room's {@code .html} and {@code .txt} files
     * @param bundle the bundle in {@code messages/} with the room's texts
     */
    public Templates(String folder, String bundle) {
        this.texts = texts(bundle);
        engine.setTemplateEngineMessageSource(texts);
        engine.addTemplateResolver(resolver(folder, ".html", TemplateMode.HTML));
        engine.addTemplateResolver(resolver(folder, ".txt", TemplateMode.TEXT));
    }

    public MessageSource texts() {
        return texts;
    }

    /**
     * Fills a template in.
     *
     * @param file its name in the folder, with the ending
     */
    public String render(String file, Locale locale, Map<String, ?> variables) {
        return engine.process(file, new Context(locale, Map.copyOf(variables)));
    }

    private static MessageSource texts(String bundle) {
        ResourceBundleMessageSource source = new ResourceBundleMessageSource();
        source.setBasenames("messages/" + bundle, "messages/wording");
        source.setDefaultEncoding("UTF-8");
        // The language of the machine is nobody's language: what is not translated is said in English.
        source.setFallbackToSystemLocale(false);
        return source;
    }

    private static ClassLoaderTemplateResolver resolver(String folder, String ending, TemplateMode mode) {
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(Templates.class.getClassLoader());
        resolver.setPrefix("templates/" + folder + "/");
        resolver.setResolvablePatterns(Set.of("*" + ending));
        resolver.setTemplateMode(mode);
        resolver.setCharacterEncoding("UTF-8");
        return resolver;
    }
}
