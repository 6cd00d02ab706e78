package jiaoying.wire.cap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import jiaoying.wire.cap.SignatureCheck.Bad;
import jiaoying.wire.cap.SignatureCheck.Good;
import jiaoying.wire.cap.SignatureCheck.NotChecked;
import jiaoying.wire.cap.SignatureCheck.UnknownKey;
import jiaoying.wire.cap.SignatureCheck.Why;
import org.junit.jupiter.api.Test;

class CapSignatureTest {
    /** Made for this test; its key was thrown away. */
    private static final String CERTIFICATE =
            "MIIBiDCCAS2gAwIBAgIUFV7BeaXTzzmtT+1KmN6GjSo5MaYwCgYIKoZIzj0EAwIwGDEWMBQGA1UEAwwNc2FtcGxlIG9mZmljZTAgFw0yNjExMjQxNDI0NTdaGA8yMTI2MTAzMTE0MjQ1N1owGDEWMBQGA1UEAwwNc2FtcGxlIG9mZmljZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKU9NQIxmOE53CdORqpM3Ygslp1L1lHFPehrcanEatK+Ucz0dkGnmS5YjMrWdElZC4f8uvb4SPlxcWfNQnAYHxyjUzBRMB0GA1UdDgQWBBT6lr5I8eZFVX6YqRJW5TDEkweglTAfBgNVHSMEGDAWgBT6lr5I8eZFVX6YqRJW5TDEkweglTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQDu0fKi6f0+yAjeRMhGpDL5m+k08yH2vmMWRSfr5C+1kAIhAMq19TWLqA/SgJmE3AvIQCyrDAqF/xwIJF0GxCNVz2b7";

    private static final KeyPair OFFICE = keys("EC", 256);
    private static final KeyPair AGGREGATOR = keys("RSA", 2048);
    private static final List<PublicKey> TRUSTED = List.of(AGGREGATOR.getPublic(), OFFICE.getPublic());
    private static final byte[] MESSAGE = Cap.write(Messages.alert());
    private static final byte[] SIGNED = CapSignature.sign(MESSAGE, OFFICE.getPrivate());

    private static KeyPair keys(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void signed_message_is_good_and_says_the_same() {
        assertThat(CapSignature.check(SIGNED, TRUSTED)).containsExactly(new Good(OFFICE.getPublic()));
        assertThat(Cap.read(SIGNED)).isInstanceOfSatisfying(CapRead.Understood.class, it -> {
            assertThat(it.alert()).isEqualTo(Messages.alert());
            assertThat(it.isValid()).isTrue();
        });
        var rsa = CapSignature.sign(MESSAGE, AGGREGATOR.getPrivate());
        assertThat(CapSignature.isGood(CapSignature.check(rsa, TRUSTED))).isTrue();
    }

    @Test
    void message_without_signature_has_none() {
        assertThat(CapSignature.check(MESSAGE, TRUSTED)).containsExactly(new SignatureCheck.None());
        assertThat(CapSignature.isGood(CapSignature.check(MESSAGE, TRUSTED))).isFalse();
    }

    @Test
    void any_change_of_the_text_is_seen() {
        assertThat(check("示例镇", "示例鎮")).containsExactly(new Bad());
        assertThat(check(">Exercise<", ">Actual<")).containsExactly(new Bad());
        assertThat(check("<note>", "<code>more</code><note>")).containsExactly(new Bad());
        assertThat(check("  <note>", "<note>")).containsExactly(new Bad());
    }

    /** Canonical XML leaves comments out; so does the reader, and a name does not end at one. */
    @Test
    void a_comment_changes_neither_the_signature_nor_the_text() {
        var commented = changed("示例镇", "示<!-- -->例镇");
        assertThat(CapSignature.check(commented, TRUSTED)).containsExactly(new Good(OFFICE.getPublic()));
        assertThat(((CapRead.Understood) Cap.read(commented)).alert()).isEqualTo(Messages.alert());
    }

    @Test
    void unknown_key_is_not_trusted_whatever_certificate_it_brings() throws GeneralSecurityException {
        var signed = CapSignature.sign(MESSAGE, OFFICE.getPrivate(), certificate());
        assertThat(CapSignature.check(signed, List.of(AGGREGATOR.getPublic())))
                .containsExactly(new UnknownKey(List.of(certificate())));
        assertThat(CapSignature.check(signed, List.of())).containsExactly(new UnknownKey(List.of(certificate())));
        assertThat(CapSignature.check(signed, List.of(certificate().getPublicKey())))
                .containsExactly(new UnknownKey(List.of(certificate())));
    }

    private static X509Certificate certificate() throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(CERTIFICATE)));
    }

    @Test
    void signature_value_of_another_message_does_not_help() {
        var other = CapSignature.sign(changedMessage(), OFFICE.getPrivate());
        var text = text(SIGNED);
        var moved = text.substring(0, text.indexOf("<Signature"))
                + text(other).substring(text(other).indexOf("<Signature"));
        assertThat(CapSignature.check(moved.getBytes(StandardCharsets.UTF_8), TRUSTED))
                .containsExactly(new Bad());
    }

    private static byte[] changedMessage() {
        return text(MESSAGE).replace("示例镇", "另一镇").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void signed_message_inside_of_another_signs_nothing() {
        var signed = text(SIGNED).substring(text(SIGNED).indexOf("<alert"));
        var evil = text(MESSAGE).replace("</alert>", signed + "</alert>");
        assertThat(CapSignature.check(evil.getBytes(StandardCharsets.UTF_8), TRUSTED))
                .singleElement()
                .isInstanceOfSatisfying(
                        NotChecked.class, it -> assertThat(it.why()).isEqualTo(Why.PLACE));
        var envelope = "<envelope>" + signed + "</envelope>";
        assertThat(CapSignature.check(envelope.getBytes(StandardCharsets.UTF_8), TRUSTED))
                .singleElement()
                .isInstanceOfSatisfying(
                        NotChecked.class, it -> assertThat(it.why()).isEqualTo(Why.ROOT));
    }

    @Test
    void reference_to_a_part_is_not_checked() {
        assertNotChecked("URI=\"\"", "URI=\"#part\"", Why.REFERENCE);
        assertNotChecked("URI=\"\"", "URI=\"https://example.com/x\"", Why.REFERENCE);
        var reference = text(SIGNED)
                .substring(text(SIGNED).indexOf("<Reference"), text(SIGNED).indexOf("</SignedInfo>"));
        assertNotChecked(reference, reference + reference, Why.REFERENCE);
    }

    @Test
    void transforms_that_change_what_is_signed_are_not_checked() {
        var canonical = "<Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>";
        assertNotChecked(
                canonical,
                "<Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"><XPath>false()</XPath></Transform>",
                Why.TRANSFORM);
        assertNotChecked(
                canonical,
                "<Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"><x/></Transform>",
                Why.TRANSFORM);
        assertNotChecked(canonical, canonical + canonical, Why.TRANSFORM);
        var enveloped = "<Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>";
        assertNotChecked(enveloped + canonical, canonical + enveloped, Why.TRANSFORM);
    }

    @Test
    void sha_1_is_not_checked() {
        assertNotChecked("2001/04/xmlenc#sha256", "2000/09/xmldsig#sha1", Why.METHOD);
        assertNotChecked(
                "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
                "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
                Why.METHOD);
        assertThat(CapSignature.check(Messages.sample("valid-pagasa-dost-7f4dc1.xml"), TRUSTED))
                .singleElement()
                .isInstanceOfSatisfying(
                        NotChecked.class, it -> assertThat(it.why()).isEqualTo(Why.METHOD));
        assertThat(CapSignature.check(Messages.sample("valid-ec-gc-ca-b7a5ac.xml"), TRUSTED))
                .hasSize(2)
                .allSatisfy(it -> assertThat(((NotChecked) it).why()).isEqualTo(Why.METHOD));
    }

    /** A message of Canada's weather office of 2013, signed by office and aggregator with SHA-1. */
    @Test
    void sha_1_counts_for_those_only_of_whom_it_is_said() {
        var message = Messages.sample("valid-ec-gc-ca-b7a5ac.xml");
        var unknown = CapSignature.check(message, TRUSTED, List.of(OFFICE.getPublic()));
        assertThat(unknown).hasSize(2).allSatisfy(it -> assertThat(it).isInstanceOf(UnknownKey.class));
        var signers = unknown.stream()
                .map(it -> ((UnknownKey) it).claimed().getFirst().getPublicKey())
                .toList();
        assertThat(CapSignature.check(message, List.of(), signers))
                .containsExactly(new Good(signers.get(0)), new Good(signers.get(1)));
        assertThat(CapSignature.check(message, signers, List.of(signers.get(0))).get(1))
                .as("a key that we trust otherwise does not count for SHA-1")
                .isInstanceOf(UnknownKey.class);
        assertThat(CapSignature.check(message, signers))
                .allSatisfy(it -> assertThat(((NotChecked) it).why()).isEqualTo(Why.METHOD));
        var changed = text(message).replaceFirst("<headline>", "<headline>No ").getBytes(StandardCharsets.UTF_8);
        assertThat(CapSignature.check(changed, List.of(), signers)).doesNotHaveAnyElementsOfTypes(Good.class);
    }

    @Test
    void a_secret_as_method_is_not_checked() {
        assertNotChecked("xmldsig-more#ecdsa-sha256", "xmldsig-more#hmac-sha256", Why.METHOD);
    }

    @Test
    void two_signers_are_checked_each_for_itself() {
        var both = CapSignature.sign(SIGNED, AGGREGATOR.getPrivate());
        assertThat(CapSignature.check(both, TRUSTED))
                .containsExactly(new Good(OFFICE.getPublic()), new Good(AGGREGATOR.getPublic()));
        var second = text(CapSignature.sign(MESSAGE, AGGREGATOR.getPrivate()));
        var besides = text(SIGNED)
                .replace(
                        "</alert>",
                        second.substring(second.indexOf("<Signature"), second.indexOf("</alert>")) + "</alert>");
        assertThat(CapSignature.check(besides.getBytes(StandardCharsets.UTF_8), TRUSTED))
                .containsExactly(new Good(OFFICE.getPublic()), new Good(AGGREGATOR.getPublic()));
    }

    @Test
    void an_object_in_no_namespace_does_not_stop_the_check() {
        assertThat(check("</Signature>", "<Object xmlns=\"\"><x/></Object></Signature>"))
                .containsExactly(new Good(OFFICE.getPublic()));
    }

    @Test
    void only_messages_are_signed_and_only_by_rsa_or_ec() {
        assertThatThrownBy(() -> CapSignature.sign("<list/>".getBytes(StandardCharsets.UTF_8), OFFICE.getPrivate()))
                .hasMessageContaining("CAP 1.2");
        assertThatThrownBy(() -> CapSignature.sign(MESSAGE, keys("Ed25519", 255).getPrivate()))
                .hasMessageContaining("RSA and EC");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] changed(String old, String changed) {
        assertThat(text(SIGNED)).contains(old);
        return text(SIGNED).replace(old, changed).getBytes(StandardCharsets.UTF_8);
    }

    private static List<SignatureCheck> check(String old, String changed) {
        return CapSignature.check(changed(old, changed), TRUSTED);
    }

    private static void assertNotChecked(String old, String changed, Why why) {
        assertThat(check(old, changed))
                .singleElement()
                .isInstanceOfSatisfying(
                        NotChecked.class, it -> assertThat(it.why()).isEqualTo(why));
    }
}
