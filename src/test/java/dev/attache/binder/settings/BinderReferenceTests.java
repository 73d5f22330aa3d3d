package dev.attache.binder.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.cloud.stream.binder.ConsumerProperties;
import org.springframework.cloud.stream.binder.ProducerProperties;
import org.springframework.cloud.stream.config.BindingProperties;
import org.springframework.util.unit.DataSize;

/** docs/binder.md lists every setting, with its default or with what the binder does with it. */
class BinderReferenceTests {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| ([^|]*) \\|");

    /** The rows of the tables of one section: the first column, and the second one. */
    private static Map<String, String> rows(String heading) throws IOException {
        String page = Files.readString(Path.of("docs/binder.md"));
        String section = page.substring(page.indexOf("\n## " + heading + "\n") + 1);
        int end = section.indexOf("\n## ");
        Map<String, String> rows = new LinkedHashMap<>();
        ROW.matcher(end < 0 ? section : section.substring(0, end))
                .results()
                .forEach(row -> assertThat(rows.put(row.group(1), row.group(2).replace("`", "")))
                        .as("two rows of " + row.group(1))
                        .isNull());
        return rows;
    }

    private static Stream<String> settings(String prefix, Class<?> type) {
        return Arrays.stream(BeanUtils.getPropertyDescriptors(type))
                .filter(property -> property.getWriteMethod() != null)
                .map(PropertyDescriptor::getName)
                .map(name -> prefix + DataObjectPropertyName.toDashedForm(name));
    }

    @Test
    void everySettingOfSpringCloudStreamIsHonouredOrRefused() throws IOException {
        Map<String, String> listed = rows("Settings of Spring Cloud Stream");

        assertThat(listed.keySet())
                .containsExactlyInAnyOrderElementsOf(Stream.of(
                                settings("", BindingProperties.class)
                                        .filter(name ->
                                                !List.of("consumer", "producer").contains(name)),
                                settings("consumer.", ConsumerProperties.class),
                                settings("producer.", ProducerProperties.class))
                        .flatMap(names -> names)
                        .toList());
        assertThat(listed.values()).containsOnly("honoured", "refused");
    }

    @Test
    void theSettingsThatAreRefusedAreThoseWithARule() throws IOException {
        List<String> refused = rows("Settings of Spring Cloud Stream").entrySet().stream()
                .filter(row -> row.getValue().equals("refused"))
                .map(Map.Entry::getKey)
                .toList();

        assertThat(SettingRules.refused()).containsExactlyInAnyOrderElementsOf(refused);
    }

    @Test
    void everySettingOfTheBinderIsListedWithItsDefault() throws IOException {
        Map<String, Object> expected = new TreeMap<>();
        expected.put("max-bytes-in-flight", new SqsExtendedBindingProperties().getMaxBytesInFlight());
        for (RecordComponent component : SqsBinderProperties.class.getRecordComponents()) {
            String value = Objects.requireNonNull(
                            Arrays.stream(SqsBinderProperties.class.getConstructors()[0].getParameters())
                                    .filter(parameter -> parameter.getName().equals(component.getName()))
                                    .findFirst()
                                    .orElseThrow()
                                    .getAnnotation(DefaultValue.class))
                    .value()[0];
            expected.put(
                    "binder." + DataObjectPropertyName.toDashedForm(component.getName()),
                    component.getType() == Duration.class ? DurationStyle.detectAndParse(value) : value);
        }
        expected.putAll(defaults("consumer.", new SqsConsumerProperties()));
        expected.putAll(defaults("producer.", new SqsProducerProperties()));

        Map<String, Object> listed = rows("The binder's settings").entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        row -> value(row.getValue(), expected.getOrDefault(row.getKey(), "no such setting"))));

        assertThat(listed).isEqualTo(expected);
    }

    private static Map<String, Object> defaults(String prefix, Object properties) {
        return Arrays.stream(BeanUtils.getPropertyDescriptors(properties.getClass()))
                .filter(property -> property.getWriteMethod() != null)
                .collect(Collectors.toMap(
                        property -> prefix + DataObjectPropertyName.toDashedForm(property.getName()),
                        property -> value(property, properties)));
    }

    private static Object value(PropertyDescriptor property, Object properties) {
        try {
            return Objects.requireNonNull(property.getReadMethod()).invoke(properties);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value of a cell, in the type of the default. */
    private static Object value(String cell, Object example) {
        return switch (example) {
            case Duration any -> DurationStyle.detectAndParse(cell);
            case DataSize any -> DataSize.parse(cell);
            case Integer any -> Integer.valueOf(cell);
            case Boolean any -> Boolean.valueOf(cell);
            case List<?> any -> cell.equals("none") ? List.of() : List.of(cell.split(","));
            default -> cell;
        };
    }
}
