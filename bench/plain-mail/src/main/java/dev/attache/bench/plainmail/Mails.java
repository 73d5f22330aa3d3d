package dev.attache.bench.plainmail;

import dev.attache.bench.plainmail.PlainMailListener.Recipient;
import dev.attache.bench.plainmail.PlainMailListener.Requested;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;

/** Writes a mail in text and HTML, and sends it. */
@Component
class Mails {

    private final JavaMailSender sender;

    private final SpringTemplateEngine templates;

    private final String from;

    Mails(JavaMailSender sender, SpringTemplateEngine templates, @Value("${from}") String from) {
        this.sender = sender;
        this.templates = templates;
        this.from = from;
    }

    void send(Requested event, Recipient recipient, PresignedGetObjectRequest link) throws MessagingException {
        Locale locale = Locale.forLanguageTag(recipient.locale());
        Context context = new Context(locale);
        context.setVariable("sender", event.source());
        context.setVariable("name", recipient.name());
        context.setVariable("message", event.data().message());
        context.setVariable("fileName", event.data().attachment().fileName());
        context.setVariable("url", link.url().toString());
        context.setVariable(
                "until",
                DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                        .withLocale(locale)
                        .withZone(ZoneId.of(recipient.timeZone()))
                        .format(link.expiration()));
        MimeMessage mail = sender.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(mail, true, StandardCharsets.UTF_8.name());
        helper.setFrom(from);
        helper.setTo(recipient.address());
        helper.setSubject(event.data().message().subject());
        helper.setText(templates.process("mail.txt", context), templates.process("mail", context));
        sender.send(mail);
    }
}
