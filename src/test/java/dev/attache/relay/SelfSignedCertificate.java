package dev.attache.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for {@code localhost} and 127.0.0.1, made once per JVM by the JDK's keytool. */
public final class SelfSignedCertificate {

    private static final String ALIAS = "localhost";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyStore keys;
    private final SSLContext serverContext;

    private SelfSignedCertificate(KeyStore keys) throws GeneralSecurityException {
        this.keys = keys;
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        this.serverContext = SSLContext.getInstance("TLS");
        serverContext.init(own.getKeyManagers(), null, null);
    }

    /** The first call takes about a second. */
    public static SelfSignedCertificate localhost() {
        return Holder.LOCALHOST;
    }

    public X509Certificate certificate() {
        try {
            return (X509Certificate) keys.getCertificate(ALIAS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a Spring SSL bundle of type PEM, or a file that another process trusts. */
    public String pem() {
        try {
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(certificate().getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For clients: trusts this certificate and no other. */
    public SSLContext trustingContext() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(ALIAS, certificate());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    SSLContext serverContext() {
        return serverContext;
    }

    private static SelfSignedCertificate make() {
        try {
            Path directory = Files.createTempDirectory("smtp-certificate");
            Path store = directory.resolve("keys.p12");
            try {
                keytool(store);
                return new SelfSignedCertificate(KeyStore.getInstance(store.toFile(), PASSWORD));
            } finally {
                Files.deleteIfExists(store);
                Files.delete(directory);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keytool(Path store) throws IOException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "7",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static final class Holder {

        /** Made on another thread: if this one were interrupted, the class could never be initialized again. */
        private static final SelfSignedCertificate LOCALHOST =
                CompletableFuture.supplyAsync(SelfSignedCertificate::make).join();
    }
}
