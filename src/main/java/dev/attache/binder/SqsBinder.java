package dev.attache.binder;

import dev.attache.binder.batch.RequestBatcher;
import dev.attache.binder.gate.Downstream;
import dev.attache.binder.gate.Gate;
import dev.attache.binder.inbound.InboundContext;
import dev.attache.binder.inbound.InputStatus;
import dev.attache.binder.inbound.RejectedMessageErrors;
import dev.attache.binder.inbound.SqsInboundAdapter;
import dev.attache.binder.memory.BytesInFlight;
import dev.attache.binder.message.InboundQueue;
import dev.attache.binder.outbound.BatchPublisher;
import dev.attache.binder.outbound.ErrorReportingPublisher;
import dev.attache.binder.outbound.OutboundClients;
import dev.attache.binder.outbound.OutboundDestination;
import dev.attache.binder.outbound.OutboundEntry;
import dev.attache.binder.outbound.OutboundHandler;
import dev.attache.binder.outbound.OutboundHeaders;
import dev.attache.binder.outbound.PublishBatch;
import dev.attache.binder.outbound.Publisher;
import dev.attache.binder.outbound.SendBatch;
import dev.attache.binder.provisioning.SqsProvisioner;
import dev.attache.binder.settings.SettingRules;
import dev.attache.binder.settings.SqsConsumerProperties;
import dev.attache.binder.settings.SqsExtendedBindingProperties;
import dev.attache.binder.settings.SqsProducerProperties;
import dev.attache.binder.settings.UnsupportedSettingException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.cloud.stream.binder.AbstractMessageChannelBinder;
import org.springframework.cloud.stream.binder.BinderSpecificPropertiesProvider;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.cloud.stream.binder.ExtendedPropertiesBinder;
import org.springframework.cloud.stream.provisioning.ConsumerDestination;
import org.springframework.cloud.stream.provisioning.ProducerDestination;
import org.springframework.integration.core.MessageProducer;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;

/**
 * Binds inputs to SQS queues, and outputs to SNS topics or SQS queues. The destination of an input is the name, ARN or
 * URL of a queue. The destination of an output is the name or ARN of a topic, the ARN or URL of a queue, or
 * {@code queue:} and its name.
 */
public class SqsBinder
        extends AbstractMessageChannelBinder<
                ExtendedConsumerProperties<SqsConsumerProperties>,
                ExtendedProducerProperties<SqsProducerProperties>,
                SqsProvisioner>
        implements ExtendedPropertiesBinder<MessageChannel, SqsConsumerProperties, SqsProducerProperties>,
                DisposableBean {

    private final OutboundClients clients;

    private final InboundContext inbound;

    private final SqsExtendedBindingProperties properties;

    private final List<Downstream> downstreams;

    private final SettingRules rules;

    private final BytesInFlight memory;

    private final Collection<SqsInboundAdapter> inputs = new ConcurrentLinkedQueue<>();

    /** Outputs with the same destination share their batches. */
    private final Map<OutboundDestination, RequestBatcher<OutboundEntry, ?>> outputs = new ConcurrentHashMap<>();

    SqsBinder(
            SqsProvisioner provisioner,
            OutboundClients clients,
            InboundContext inbound,
            SqsExtendedBindingProperties properties,
            List<Downstream> downstreams,
            SettingRules rules) {
        super(new String[0], provisioner);
        this.clients = clients;
        this.inbound = inbound;
        this.properties = properties;
        this.downstreams = List.copyOf(downstreams);
        this.rules = rules;
        this.memory = new BytesInFlight(properties.getMaxBytesInFlight());
    }

    @Override
    protected MessageProducer createConsumerEndpoint(
            ConsumerDestination destination,
            @Nullable String group,
            ExtendedConsumerProperties<SqsConsumerProperties> consumer) {
        String binding = nameOf(consumer.getBindingName(), destination.getName());
        settings().checkInput(binding, consumer);
        SqsInboundAdapter input = new SqsInboundAdapter(
                contextOf(destination, group, consumer),
                (InboundQueue) destination,
                consumer.getExtension(),
                new Gate(needs(binding, consumer.getExtension())),
                memory.newShares());
        settings().contentType(consumer.getBindingName()).ifPresent(input::setContentType);
        input.setBeanFactory(getBeanFactory());
        input.customizeContainer(
                container -> getContainerCustomizer().configure(container, destination.getName(), group));
        inputs.add(input);
        return input;
    }

    /** The context of an input whose errors a function of the application handles, or the one of all inputs. */
    private InboundContext contextOf(
            ConsumerDestination destination,
            @Nullable String group,
            ExtendedConsumerProperties<SqsConsumerProperties> consumer) {
        return settings().errorHandler(consumer.getBindingName()).isEmpty()
                ? inbound
                : inbound.withListener(new RejectedMessageErrors(
                        inbound.listener(),
                        registerErrorInfrastructure(destination, group, consumer)
                                .getErrorChannel()));
    }

    /** A binding outside of an application has no name. */
    private static String nameOf(@Nullable String binding, String destination) {
        return binding == null ? destination : binding;
    }

    private BindingSettings settings() {
        return new BindingSettings(getApplicationContext(), rules);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Two bindings may read the same queue.
    protected void afterUnbindConsumer(
            ConsumerDestination destination,
            @Nullable String group,
            ExtendedConsumerProperties<SqsConsumerProperties> consumer) {
        inputs.removeIf(input -> input.queue() == destination);
    }

    private List<Downstream> needs(String binding, SqsConsumerProperties consumer) {
        return consumer.getNeeds().stream()
                .map(name -> downstreams.stream()
                        .filter(downstream -> downstream.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new UnsupportedSettingException(
                                "spring.cloud.stream.sqs.bindings.%s.consumer.needs names %s, but the only Downstream beans are %s"
                                        .formatted(
                                                binding,
                                                name,
                                                downstreams.stream()
                                                        .map(Downstream::name)
                                                        .toList()))))
                .toList();
    }

    @Override
    protected MessageHandler createProducerMessageHandler(
            ProducerDestination destination,
            ExtendedProducerProperties<SqsProducerProperties> producer,
            @Nullable MessageChannel errorChannel) {
        settings().checkOutput(nameOf(producer.getBindingName(), destination.getName()), producer);
        OutboundHeaders headers = new OutboundHeaders(producer.getExtension().getAttributes());
        RequestBatcher<OutboundEntry, ?> batcher =
                outputs.computeIfAbsent((OutboundDestination) destination, this::batcher);
        Publisher publisher = new BatchPublisher(
                (OutboundDestination) destination,
                batcher,
                headers,
                inbound.observations(),
                inbound.meters().output(destination.getName()));
        return new OutboundHandler(
                errorChannel == null
                        ? publisher
                        : new ErrorReportingPublisher(publisher, errorChannel, destination.getName()),
                destination.getName());
    }

    private RequestBatcher<OutboundEntry, ?> batcher(OutboundDestination destination) {
        return switch (destination) {
            case OutboundDestination.Topic topic ->
                new RequestBatcher<>(
                        inbound.meters()
                                .calls("sns", topic.name())
                                .measured("publish", new PublishBatch(clients.sns(topic.name()), topic.arn())),
                        OutboundEntry::bytes);
            case OutboundDestination.Queue queue ->
                new RequestBatcher<>(
                        inbound.meters()
                                .calls("sqs", queue.name())
                                .measured("send", new SendBatch(clients.sqs(), queue.url())),
                        OutboundEntry::bytes);
        };
    }

    /** The states of all inputs. */
    List<InputStatus> inputs() {
        return inputs.stream().map(SqsInboundAdapter::status).toList();
    }

    /** Called when the application begins to stop: the inputs stop polling, and the drain timeout begins. */
    void beginStop() {
        inbound.deadline().begin();
        inputs.forEach(SqsInboundAdapter::stopPolling);
    }

    /**
     * Stops the inputs. If a start fails half-way, nothing else stops those that have started, and their threads would
     * keep the JVM alive.
     */
    @Override
    public void destroy() {
        inputs.forEach(SqsInboundAdapter::stop);
    }

    @Override
    public SqsConsumerProperties getExtendedConsumerProperties(String binding) {
        SqsConsumerProperties consumer = properties.getExtendedConsumerProperties(binding);
        settings().checkInput(binding, consumer);
        var _ = needs(binding, consumer);
        return consumer;
    }

    @Override
    public SqsProducerProperties getExtendedProducerProperties(String binding) {
        SqsProducerProperties producer = properties.getExtendedProducerProperties(binding);
        settings().checkOutput(binding, producer);
        return producer;
    }

    @Override
    public String getDefaultsPrefix() {
        return properties.getDefaultsPrefix();
    }

    @Override
    public Class<? extends BinderSpecificPropertiesProvider> getExtendedPropertiesEntryClass() {
        return properties.getExtendedPropertiesEntryClass();
    }
}
