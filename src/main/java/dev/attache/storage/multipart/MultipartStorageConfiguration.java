package dev.attache.storage.multipart;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import software.amazon.awssdk.services.s3.S3Client;

/** The multipart uploads of the worker, and those of the pages, which have their own S3 client. */
@Configuration(proxyBeanMethods = false)
class MultipartStorageConfiguration {

    @Bean
    MultipartObjects multipartObjects(S3Client s3) {
        return new S3MultipartObjects(s3);
    }

    /** Lazy, because an installation may have no pages. */
    @Lazy
    @Bean(defaultCandidate = false)
    MultipartObjects pageMultipartObjects(@Qualifier("pagesS3") S3Client s3) {
        return new S3MultipartObjects(s3);
    }
}
