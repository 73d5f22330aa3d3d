package dev.attache.binder;

import dev.attache.binder.batch.RequestBatcher;
import dev.attache.binder.failure.FailureClassifier;
import dev.attache.binder.failure.MessageMetrics;
import dev.attache.binder.failure.RejectionListener;
import dev.attache.binder.gate.Downstream;
import dev.attache.binder.gate.Gate;
import dev.attache.binder.inbound.DrainDeadline;
import dev.attache.binder.inbound.SqsInboundAdapter;
import dev.attache.binder.memory.BytesInFlight;
import dev.attache.binder.message.InboundQueue;
import dev.attache.binder.message.QueueCalls;
import dev.attache.binder.message.SenderAttestation;
import dev.attache.binder.outbound.BatchPublisher;
import dev.attache.binder.outbound.OutboundDestination;
import dev.attache.binder.outbound.OutboundEntry;
import dev.attache.binder.outbound.OutboundHandler;
import dev.attache.binder.outbound.OutboundHeaders;
import dev.attache.binder.outbound.PublishBatch;
import dev.attache.binder.outbound.SendBatch;
import dev.attache.binder.provisioning.SqsProvisioner;
import dev.attache.binder.settings.SqsConsumerProperties;
import dev.attache.binder.settings.SqsExtendedBindingProperties;
import dev.attache.binder.settings.SqsProducerProperties;
import java.time.Clock;
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
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** Binds inputs to SQS queues, and outputs to SNS topics or, written {@code queue:<name>}, to SQS queues. */
public class SqsBinder
        extends AbstractMessageChannelBinder<
                ExtendedConsumerProperties<SqsConsumerProperties>,
                ExtendedProducerProperties<SqsProducerProperties>,
                SqsProvisioner>
        implements ExtendedPropertiesBinder<MessageChannel, SqsConsumerProperties, SqsProducerProperties>,
                DisposableBean {

    private final SqsAsyncClient sqs;

    private final SnsAsyncClient sns;

    private final SqsExtendedBindingProperties properties;

    private final FailureClassifier classifier;

    private final RejectionListener listener;

    private final List<Downstream> downstreams;

    private final SenderAttestation attestation;

    private final MessageMetrics outcomes;

    private final Clock clock;

    private final DrainDeadline deadline;

    private final BytesInFlight memory;

    private final Collection<SqsInboundAdapter> inputs = new ConcurrentLinkedQueue<>();

    /** Several outputs may go to one destination, and then fill the same batches. */
    private final Map<OutboundDestination, RequestBatcher<OutboundEntry, ?>> outputs = new ConcurrentHashMap<>();

    SqsBinder(
            SqsProvisioner provisioner,
            SqsAsyncClient sqs,
            SnsAsyncClient sns,
            SqsExtendedBindingProperties properties,
            FailureClassifier classifier,
            RejectionListener listener,
            List<Downstream> downstreams,
            SenderAttestation attestation,
            MessageMetrics outcomes,
            Clock clock) {
        super(new String[0], provisioner);
        this.sqs = sqs;
        this.sns = sns;
        this.properties = properties;
        this.classifier = classifier;
        this.listener = listener;
        this.downstreams = List.copyOf(downstreams);
        this.attestation = attestation;
        this.outcomes = outcomes;
        this.clock = clock;
        this.deadline = new DrainDeadline(clock);
        this.memory = new BytesInFlight(properties.getMaxBytesInFlight());
    }

    @Override
    protected MessageProducer createConsumerEndpoint(
            ConsumerDestination destination,
            @Nullable String group,
            ExtendedConsumerProperties<SqsConsumerProperties> consumer) {
        if (consumer.getMaxAttempts() != 1) {
            throw new IllegalArgumentException(
                    ("spring.cloud.stream.bindings.%s.consumer.max-attempts is %d, but must be 1: "
                                    + "retrying is the queue's work")
                            .formatted(consumer.getBindingName(), consumer.getMaxAttempts()));
        }
        InboundQueue queue = (InboundQueue) destination;
        SqsInboundAdapter input = new SqsInboundAdapter(
                sqs,
                queue,
                consumer.getExtension(),
                new QueueCalls(sqs, queue),
                classifier,
                listener,
                new Gate(needed(consumer)),
                attestation,
                memory.input(),
                outcomes,
                deadline,
                clock);
        input.setBeanFactory(getBeanFactory());
        inputs.add(input);
        return input;
    }

    private List<Downstream> needed(ExtendedConsumerProperties<SqsConsumerProperties> consumer) {
        return consumer.getExtension().getNeeds().stream()
                .map(name -> downstreams.stream()
                        .filter(downstream -> downstream.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("Input %s needs %s, but there are only %s"
                                .formatted(
                                        consumer.getBindingName(),
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
        OutboundHeaders headers = new OutboundHeaders(producer.getExtension().getAttributes());
        RequestBatcher<OutboundEntry, ?> batches =
                outputs.computeIfAbsent((OutboundDestination) destination, this::batches);
        return new OutboundHandler(new BatchPublisher(batches, headers), destination.getName());
    }

    private RequestBatcher<OutboundEntry, ?> batches(OutboundDestination destination) {
        return switch (destination) {
            case OutboundDestination.Topic topic ->
                new RequestBatcher<>(new PublishBatch(sns, topic.arn()), OutboundEntry::bytes);
            case OutboundDestination.Queue queue ->
                new RequestBatcher<>(new SendBatch(sqs, queue.url()), OutboundEntry::bytes);
        };
    }

    /**
     * The application begins to stop: no input receives anything more, and the one bound for finishing begins to run.
     */
    void beginStop() {
        deadline.begin();
        inputs.forEach(SqsInboundAdapter::stopPolling);
    }

    /**
     * A start that failed half-way leaves inputs behind that nobody else would stop; their threads would keep the JVM
     * alive.
     */
    @Override
    public void destroy() {
        inputs.forEach(SqsInboundAdapter::stop);
    }

    @Override
    public SqsConsumerProperties getExtendedConsumerProperties(String binding) {
        return properties.getExtendedConsumerProperties(binding);
    }

    @Override
    public SqsProducerProperties getExtendedProducerProperties(String binding) {
        return properties.getExtendedProducerProperties(binding);
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
