package dev.attache.binder;

import dev.attache.binder.settings.ConfiguredSettings;
import dev.attache.binder.settings.SettingRules;
import dev.attache.binder.settings.SqsConsumerProperties;
import dev.attache.binder.settings.SqsProducerProperties;
import dev.attache.binder.settings.UnsupportedSettingException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.cloud.stream.config.BindingProperties;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.util.StringUtils;

/**
 * The settings of bindings that Spring Cloud Stream does not pass to a binder, and the checks of those that it passes.
 *
 * @param application the application's context; a binder outside of an application has no bindings in it
 */
record BindingSettings(ApplicationContext application, SettingRules rules) {

    /**
     * Checks an input before Spring Cloud Stream binds it: it repeats a bind that fails, but not one that does not
     * begin.
     */
    void checkInput(String binding, SqsConsumerProperties extension) {
        BindingServiceProperties bindings = bindings();
        if (bindings != null) {
            ExtendedConsumerProperties<SqsConsumerProperties> input = new ExtendedConsumerProperties<>(extension);
            BeanUtils.copyProperties(bindings.getConsumerProperties(binding), input);
            checkInput(binding, input);
        }
    }

    /** @throws UnsupportedSettingException if the binder cannot honour a setting of the input */
    void checkInput(String binding, ExtendedConsumerProperties<SqsConsumerProperties> input) {
        rules.checkInput(binding, input, configured());
        checkErrorHandler(binding);
    }

    /** As {@link #checkInput(String, SqsConsumerProperties)}. */
    void checkOutput(String binding, SqsProducerProperties extension) {
        BindingServiceProperties bindings = bindings();
        if (bindings != null) {
            ExtendedProducerProperties<SqsProducerProperties> output = new ExtendedProducerProperties<>(extension);
            BeanUtils.copyProperties(bindings.getProducerProperties(binding), output);
            checkOutput(binding, output);
        }
    }

    /** @throws UnsupportedSettingException if the binder cannot honour a setting of the output */
    void checkOutput(String binding, ExtendedProducerProperties<SqsProducerProperties> output) {
        rules.checkOutput(binding, output, configured());
        checkErrorHandler(binding);
    }

    private void checkErrorHandler(String binding) {
        errorHandler(binding)
                .filter(name -> application.getBean(FunctionCatalog.class).lookup(Consumer.class, name) == null)
                .ifPresent(name -> {
                    throw new UnsupportedSettingException(
                            ("%s is %s, but there is no function of that name: define a bean of type"
                                            + " Consumer<ErrorMessage> with it, or correct the setting")
                                    .formatted(
                                            configured()
                                                    .nameOf(binding, "error-handler-definition")
                                                    .orElse("error-handler-definition of binding " + binding),
                                            name));
                });
    }

    /** The name of the function that handles the errors of a binding. */
    Optional<String> errorHandler(@Nullable String binding) {
        return properties(binding)
                .map(BindingProperties::getErrorHandlerDefinition)
                .filter(StringUtils::hasText);
    }

    /** The content type that is written for a binding; empty if only the framework's default applies. */
    Optional<String> contentType(@Nullable String binding) {
        return properties(binding)
                .filter(properties -> binding != null
                        && configured().nameOf(binding, "content-type").isPresent())
                .map(BindingProperties::getContentType);
    }

    private Optional<BindingProperties> properties(@Nullable String binding) {
        BindingServiceProperties bindings = bindings();
        return bindings == null || binding == null
                ? Optional.empty()
                : Optional.of(bindings.getBindingProperties(binding));
    }

    private @Nullable BindingServiceProperties bindings() {
        return application.getBeanProvider(BindingServiceProperties.class).getIfAvailable();
    }

    private ConfiguredSettings configured() {
        return new ConfiguredSettings(application.getEnvironment());
    }
}
