package dev.attache.link.signing;

import dev.attache.contract.value.ObjectRef;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.SignedUrl;
import dev.attache.encoding.PercentEncoding;
import dev.attache.encoding.Sha256;
import dev.attache.link.LinkSigner;
import dev.attache.link.credentials.PresignTerms;
import dev.attache.storage.ObjectKeys;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Presigns URLs ("Authenticating Requests: Using Query Parameters (AWS Signature Version 4)"). Each URL is byte for
 * byte the one that the SDK's presigner makes. The presigner resolves an endpoint, an auth scheme and a chain of
 * interceptors for every link; this class resolves the endpoint once for each bucket.
 */
final class PresignedUrls {

    private final BucketAddresses addresses;

    private final SignatureV4 signature;

    PresignedUrls(BucketAddresses addresses, SignatureV4 signature) {
        this.addresses = addresses;
        this.signature = signature;
    }

    /**
     * A GET that S3 answers with this content disposition and, unless it is null, this content type.
     *
     * @param deliveryId the value of {@link LinkSigner#DELIVERY_PARAMETER}; null for none
     */
    SignedUrl get(
            ObjectRef object,
            String disposition,
            @Nullable String contentType,
            @Nullable String deliveryId,
            PresignTerms terms) {
        StringBuilder parameters = new StringBuilder(256);
        append(parameters, "response-content-disposition", disposition);
        if (contentType != null) {
            append(parameters, "response-content-type", contentType);
        }
        if (object.versionId() != null) {
            append(parameters, "versionId", object.versionId());
        }
        if (deliveryId != null) {
            append(parameters, LinkSigner.DELIVERY_PARAMETER, deliveryId);
        }
        return presign("GET", object, parameters, Map.of(), terms);
    }

    /** A PUT that signs these headers and {@code host}, and no others. */
    SignedUrl put(ObjectRef object, UploadHeaders headers, PresignTerms terms) {
        return presign("PUT", object, new StringBuilder(), headers.asMap(), terms);
    }

    /** An UploadPart that signs these headers and {@code host}, and no others. */
    SignedUrl part(ObjectRef object, PartHeaders part, PresignTerms terms) {
        StringBuilder parameters = new StringBuilder(128);
        append(parameters, "partNumber", Integer.toString(part.partNumber()));
        append(parameters, "uploadId", part.uploadId());
        return presign("PUT", object, parameters, part.asMap(), terms);
    }

    /** @param own the request's own parameters, encoded and in the order of their names */
    private SignedUrl presign(
            String method, ObjectRef object, StringBuilder own, Map<String, String> headers, PresignTerms terms) {
        BucketAddresses.Address address = addresses.of(object.bucket());
        SignatureV4.Scope scope = signature.scope(terms.signedAt());
        StringBuilder path =
                new StringBuilder(address.path().length() + object.key().length() + 16).append(address.path());
        PercentEncoding.PATH.append(path, object.key());

        StringBuilder credential = new StringBuilder(96);
        PercentEncoding.VALUE.append(credential, SignatureV4.credential(terms.credentials(), scope));
        StringBuilder token = new StringBuilder();
        String securityToken = SignatureV4.securityToken(terms.credentials());
        if (securityToken != null) {
            append(token, "X-Amz-Security-Token", securityToken);
            token.append('&');
        }
        Map<String, String> signed = signedHeaders(headers, address.host());
        String encodedNames = String.join("%3B", signed.keySet());

        StringBuilder canonical = new StringBuilder(1024)
                .append(method)
                .append('\n')
                .append(path)
                .append('\n')
                .append("X-Amz-Algorithm=")
                .append(SignatureV4.ALGORITHM)
                .append("&X-Amz-Credential=")
                .append(credential)
                .append("&X-Amz-Date=")
                .append(scope.timestamp())
                .append("&X-Amz-Expires=")
                .append(terms.lifetime().toSeconds())
                .append('&')
                .append(token)
                .append("X-Amz-SignedHeaders=")
                .append(encodedNames);
        if (!own.isEmpty()) {
            canonical.append('&').append(own);
        }
        canonical.append('\n');
        signed.forEach((name, value) ->
                canonical.append(name).append(':').append(value).append('\n'));
        canonical.append('\n').append(String.join(";", signed.keySet())).append("\nUNSIGNED-PAYLOAD");

        StringBuilder url = new StringBuilder(1024)
                .append(address.origin())
                .append(path)
                .append('?')
                .append(own);
        if (!own.isEmpty()) {
            url.append('&');
        }
        url.append(token)
                .append("X-Amz-Algorithm=")
                .append(SignatureV4.ALGORITHM)
                .append("&X-Amz-Date=")
                .append(scope.timestamp())
                .append("&X-Amz-SignedHeaders=")
                .append(encodedNames)
                .append("&X-Amz-Credential=")
                .append(credential)
                .append("&X-Amz-Expires=")
                .append(terms.lifetime().toSeconds())
                .append("&X-Amz-Signature=")
                .append(signature.sign(terms.credentials(), scope, stringToSign(scope, canonical.toString())));
        if (url.length() > SignedUrl.MAX_LENGTH) {
            throw new RejectedException(
                    RejectionCode.CONTRACT_VIOLATION,
                    "A link to object %s would have %d characters, but %d at most are possible: shorten the key or the file name"
                            .formatted(ObjectKeys.quoted(object.toString()), url.length(), SignedUrl.MAX_LENGTH));
        }
        return new SignedUrl(url.toString());
    }

    private static void append(StringBuilder parameters, String name, String value) {
        if (!parameters.isEmpty()) {
            parameters.append('&');
        }
        PercentEncoding.VALUE.append(parameters.append(name).append('='), value);
    }

    /** Sorted by their lower-case names; white space around values is dropped, and several spaces become one. */
    private static Map<String, String> signedHeaders(Map<String, String> headers, String host) {
        if (headers.isEmpty()) {
            return Map.of("host", host);
        }
        Map<String, String> signed = new TreeMap<>();
        headers.forEach((name, value) -> signed.put(name, value.strip().replaceAll(" +", " ")));
        signed.put("host", host);
        return signed;
    }

    private static String stringToSign(SignatureV4.Scope scope, String canonicalRequest) {
        return SignatureV4.ALGORITHM
                + '\n'
                + scope.timestamp()
                + '\n'
                + scope.text()
                + '\n'
                + Sha256.hex(canonicalRequest);
    }
}
