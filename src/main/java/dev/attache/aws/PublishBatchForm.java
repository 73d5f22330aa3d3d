package dev.attache.aws;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/**
 * Writes the entries of a PublishBatch request into its form (Amazon SNS API Reference, "PublishBatch"; AWS Query
 * protocol). The SDK would write all of them into a URI first, to record the endpoint, and encode each message twice,
 * which takes a sixth of the worker's time. The SDK does the rest, including signing and retries.
 */
public final class PublishBatchForm implements ExecutionInterceptor {

    private static final ExecutionAttribute<List<PublishBatchRequestEntry>> ENTRIES =
            new ExecutionAttribute<>("attache.publish-batch.entries");

    /** Removes the entries that {@link #modifyHttpRequest} writes from the SDK's request. */
    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        if (!(context.request() instanceof PublishBatchRequest request)
                || !request.hasPublishBatchRequestEntries()
                || !request.publishBatchRequestEntries().stream().allMatch(PublishBatchForm::isTextWithAttributes)) {
            return context.request();
        }
        attributes.putAttribute(ENTRIES, request.publishBatchRequestEntries());
        return request.toBuilder()
                .publishBatchRequestEntries((List<PublishBatchRequestEntry>) null)
                .build();
    }

    /** The worker publishes such entries only; the SDK writes any others. */
    private static boolean isTextWithAttributes(PublishBatchRequestEntry entry) {
        return entry.subject() == null
                && entry.messageStructure() == null
                && entry.messageGroupId() == null
                && entry.messageDeduplicationId() == null
                && entry.messageAttributes().values().stream().allMatch(value -> value.binaryValue() == null);
    }

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        List<PublishBatchRequestEntry> entries = attributes.getAttribute(ENTRIES);
        if (entries == null || !(context.httpRequest() instanceof SdkHttpFullRequest request)) {
            return context.httpRequest();
        }
        byte[] form = form(request.rawQueryParameters(), entries);
        return request.toBuilder()
                .clearQueryParameters()
                .contentStreamProvider(() -> new ByteArrayInputStream(form))
                .putHeader("Content-Length", Integer.toString(form.length))
                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .build();
    }

    private static byte[] form(Map<String, List<String>> parameters, List<PublishBatchRequestEntry> entries) {
        FormBody form = new FormBody();
        parameters.forEach((name, values) -> values.forEach(value -> form.add(name, value)));
        for (int i = 0; i < entries.size(); i++) {
            String prefix = "PublishBatchRequestEntries.member." + (i + 1);
            form.add(prefix + ".Id", entries.get(i).id());
            form.add(prefix + ".Message", entries.get(i).message());
            int number = 0;
            for (Map.Entry<String, MessageAttributeValue> attribute :
                    entries.get(i).messageAttributes().entrySet()) {
                String entry = prefix + ".MessageAttributes.entry." + ++number;
                form.add(entry + ".Name", attribute.getKey());
                form.add(entry + ".Value.DataType", attribute.getValue().dataType());
                addIfPresent(
                        form, entry + ".Value.StringValue", attribute.getValue().stringValue());
            }
        }
        return form.bytes();
    }

    private static void addIfPresent(FormBody form, String name, @Nullable String value) {
        if (value != null) {
            form.add(name, value);
        }
    }
}
