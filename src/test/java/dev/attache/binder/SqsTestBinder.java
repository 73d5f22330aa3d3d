package dev.attache.binder;

import dev.attache.aws.BlockingSns;
import dev.attache.aws.BlockingSqs;
import dev.attache.binder.settings.SqsConsumerProperties;
import dev.attache.binder.settings.SqsProducerProperties;
import dev.attache.sandbox.AwsClients;
import java.util.Map;
import org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration;
import org.springframework.cloud.stream.binder.AbstractTestBinder;
import org.springframework.cloud.stream.binder.Binding;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.messaging.MessageChannel;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The binder as Spring Cloud Stream's tests use it. It creates what the binder, which creates nothing, expects to find:
 * for each destination a topic, a queue of the same name, and a subscription that delivers raw messages.
 */
final class SqsTestBinder
        extends AbstractTestBinder<
                SqsBinder,
                ExtendedConsumerProperties<SqsConsumerProperties>,
                ExtendedProducerProperties<SqsProducerProperties>> {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    private final AwsClients aws;

    SqsTestBinder(AwsClients aws) {
        this.aws = aws;
        // The clients belong to the emulator, which closes them.
        context.registerBean(
                SqsAsyncClient.class, () -> new BlockingSqs(aws.sqs()), bean -> bean.setDestroyMethodName(""));
        context.registerBean(
                SnsAsyncClient.class, () -> new BlockingSns(aws.sns()), bean -> bean.setDestroyMethodName(""));
        context.register(IntegrationAutoConfiguration.class, SqsBinderConfiguration.class);
        context.refresh();
        setBinder(context.getBean(SqsBinder.class));
    }

    @Override
    public Binding<MessageChannel> bindConsumer(
            String name,
            String group,
            MessageChannel input,
            ExtendedConsumerProperties<SqsConsumerProperties> properties) {
        queue(name);
        return super.bindConsumer(name, group, input, properties);
    }

    @Override
    public Binding<MessageChannel> bindProducer(
            String name, MessageChannel output, ExtendedProducerProperties<SqsProducerProperties> properties) {
        String topic = aws.sns().createTopic(request -> request.name(name)).topicArn();
        String queue = queue(name);
        String arn = aws.sqs()
                .getQueueAttributes(request -> request.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        aws.sns()
                .subscribe(request -> request.topicArn(topic)
                        .protocol("sqs")
                        .endpoint(arn)
                        .attributes(Map.of("RawMessageDelivery", "true")));
        return super.bindProducer(name, output, properties);
    }

    /** Returns the URL. */
    private String queue(String name) {
        return aws.sqs().createQueue(request -> request.queueName(name)).queueUrl();
    }

    @Override
    public void cleanup() {
        context.close();
    }
}
