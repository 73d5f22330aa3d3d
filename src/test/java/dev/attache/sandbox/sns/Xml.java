package dev.attache.sandbox.sns;

import java.util.function.Consumer;
import org.springframework.web.util.HtmlUtils;

/** Writes XML. */
final class Xml {

    private final StringBuilder text = new StringBuilder();

    Xml element(String name, String value) {
        // Spring escapes five characters with entities that XML has as well, and others with numeric references.
        text.append('<')
                .append(name)
                .append('>')
                .append(HtmlUtils.htmlEscapeDecimal(value, "UTF-8"))
                .append("</")
                .append(name)
                .append('>');
        return this;
    }

    Xml nest(String name, Xml inner) {
        text.append('<')
                .append(name)
                .append('>')
                .append(inner.text)
                .append("</")
                .append(name)
                .append('>');
        return this;
    }

    Xml nest(String name, Consumer<Xml> inner) {
        var nested = new Xml();
        inner.accept(nested);
        return nest(name, nested);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
