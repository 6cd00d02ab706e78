package jiaoying.server.cap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.pack.Fields;
import jiaoying.server.pack.PackNode;
import jiaoying.server.pack.PackRefused;
import jiaoying.server.pack.Problems;
import jiaoying.server.pack.YamlFile;
import jiaoying.server.reply.Said;
import jiaoying.server.reply.Texts;

/** Reads {@code cap.yaml}. No secret stands in it: each is in a file of its own, for its owner only. */
public final class CapSettingsFile {
    public static final String NAME = "cap.yaml";

    private static final int MOST = 50;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}._-]{1,60}");
    private static final Pattern OFFICE = Pattern.compile("\\d{12}[0-9A-Z]{2}");
    private static final Duration SHORTEST = Duration.ofSeconds(15);

    private final Path folder;
    private final Problems problems = new Problems();

    private CapSettingsFile(Path folder) {
        this.folder = folder;
    }

    /** What is wrong with the file, all of it. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Said said;

        Refused(Said said) {
            super(said.in(Texts.EN));
            this.said = said;
        }

        public Said said() {
            return said;
        }
    }

    /** The settings of a data directory; the usual ones without a file. */
    public static CapSettings read(Path data) throws Refused {
        var file = data.resolve(NAME);
        if (!Files.exists(file)) {
            return CapSettings.USUAL;
        }
        try {
            return new CapSettingsFile(data).read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new Refused(reader -> file + ": " + e.getMessage());
        }
    }

    private CapSettings read(byte[] bytes) throws Refused {
        var root = YamlFile.read(NAME, bytes, problems).fields(List.of("in", "out"));
        var in = find(root, "in")
                .map(node -> node.fields(
                        List.of("assume_offset", "lasts", "demand_signature", "issuers", "feeds", "words")));
        var settings = new CapSettings(
                in.flatMap(fields -> find(fields, "assume_offset")).flatMap(this::offset),
                in.flatMap(fields -> find(fields, "lasts"))
                        .map(CapSettingsFile::lasts)
                        .orElse(CapSettings.USUAL.lasts()),
                in.flatMap(fields -> find(fields, "demand_signature"))
                        .map(CapSettingsFile::flag)
                        .orElse(false),
                list(in, "issuers", this::issuer),
                list(in, "feeds", this::feed),
                list(in, "words", CapWords::event),
                find(root, "out").map(this::out));
        if (settings.demandSignature() && settings.issuers().isEmpty()) {
            find(in.orElseThrow(), "demand_signature").ifPresent(node -> node.refuse(Sentence.of("cap-issuer")));
        }
        if (!problems.none()) {
            throw new Refused(new PackRefused(problems.list()));
        }
        return settings;
    }

    private static Optional<PackNode> find(Fields fields, String key) {
        return Optional.ofNullable(fields.all().get(key));
    }

    private static <T> List<T> list(Optional<Fields> fields, String key, Function<PackNode, T> one) {
        return fields.flatMap(found -> find(found, key)).map(node -> node.items(MOST)).orElse(List.of()).stream()
                .map(one)
                .toList();
    }

    private static Duration lasts(PackNode node) {
        return node.span(Duration.ofMinutes(10), Duration.ofHours(720));
    }

    static boolean flag(PackNode node) {
        return node.oneOf(List.of("yes", "no")).equals("yes");
    }

    private Optional<ZoneOffset> offset(PackNode node) {
        try {
            return Optional.of(ZoneOffset.of(node.text()));
        } catch (DateTimeException e) {
            node.refuse(Sentence.of("an-offset"));
            return Optional.empty();
        }
    }

    private CapSettings.Issuer issuer(PackNode node) {
        var fields = node.fields(List.of("name", "sender", "key", "sha1"));
        var old = find(fields, "sha1").map(CapSettingsFile::flag).orElse(false);
        if (old && find(fields, "sender").isEmpty()) {
            fields.need("sha1").refuse(Sentence.of("cap-sha1"));
        }
        return new CapSettings.Issuer(
                fields.need("name").text(WORD, Sentence.of("short-name")),
                find(fields, "sender").map(PackNode::text).orElse(""),
                key(fields.need("key")),
                old);
    }

    /** A certificate or a public key, PEM. */
    private PublicKey key(PackNode node) {
        var file = folder.resolve(node.text());
        try {
            var pem = Files.readString(file);
            if (pem.contains("BEGIN CERTIFICATE")) {
                return CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(pem.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                        .getPublicKey();
            }
            var bytes = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            return publicKey(bytes);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            node.refuse(Sentence.of("cap-key", file, e.getClass().getSimpleName()));
            return NOBODY;
        }
    }

    private static PublicKey publicKey(byte[] bytes) throws GeneralSecurityException {
        var spec = new X509EncodedKeySpec(bytes);
        try {
            return KeyFactory.getInstance("RSA").generatePublic(spec);
        } catch (GeneralSecurityException e) {
            return KeyFactory.getInstance("EC").generatePublic(spec);
        }
    }

    private CapSettings.FeedSource feed(PackNode node) {
        var fields = node.fields(List.of("name", "url", "every", "token_file", "hosts"));
        var url = url(fields.need("url"));
        var hosts = new TreeSet<String>();
        hosts.add(String.valueOf(url.getHost()));
        find(fields, "hosts")
                .map(hosted -> hosted.items(MOST))
                .orElse(List.of())
                .forEach(host -> hosts.add(host.text()));
        return new CapSettings.FeedSource(
                fields.need("name").text(WORD, Sentence.of("short-name")),
                url,
                find(fields, "every")
                        .map(every -> every.span(SHORTEST, Duration.ofHours(24)))
                        .orElse(Duration.ofMinutes(1)),
                find(fields, "token_file").map(this::secret),
                Set.copyOf(hosts));
    }

    private static URI url(PackNode node) {
        var text = node.text();
        try {
            var uri = URI.create(text);
            if (List.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below, as any other text that is no address
        }
        node.refuse(Sentence.of("http-address"));
        return URI.create("http://invalid.invalid/");
    }

    /** One line, in a file that nobody else may read. */
    private String secret(PackNode node) {
        var file = folder.resolve(node.text());
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                    && !PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                            .endsWith("------")) {
                node.refuse(Sentence.of("owner-file", file));
                return "";
            }
            var text = Files.readString(file).strip();
            if (text.isEmpty() || text.contains("\n")) {
                node.refuse(Sentence.of("one-line-file", file));
            }
            return text;
        } catch (IOException e) {
            node.refuse(Sentence.of("readable-file", file));
            return "";
        }
    }

    private CapSettings.Out out(PackNode node) {
        var fields = node.fields(List.of("office", "sender", "name_zh", "name_en", "lasts", "public", "webhooks"));
        var office = fields.need("office").text(OFFICE, Sentence.of("cap-office"));
        return new CapSettings.Out(
                office,
                find(fields, "sender")
                        .map(sender -> sender.text(NAME_OF_SENDER, Sentence.of("cap-sender")))
                        .orElse(office),
                fields.need("name_zh").text(),
                fields.need("name_en").text(),
                find(fields, "lasts").map(CapSettingsFile::lasts).orElse(Duration.ofHours(24)),
                find(fields, "public").map(CapSettingsFile::flag).orElse(false),
                list(Optional.of(fields), "webhooks", this::hook));
    }

    private static final Pattern NAME_OF_SENDER = Pattern.compile("[^\\s,<&]{1,200}");

    private CapSettings.Hook hook(PackNode node) {
        var fields = node.fields(List.of("name", "url", "secret_file"));
        return new CapSettings.Hook(
                fields.need("name").text(WORD, Sentence.of("short-name")),
                url(fields.need("url")),
                secret(fields.need("secret_file")));
    }

    /** Stands where a key was refused. */
    private static final PublicKey NOBODY = new PublicKey() {
        private static final long serialVersionUID = 1;

        @Override
        public String getAlgorithm() {
            return "none";
        }

        @Override
        public String getFormat() {
            return "none";
        }

        @Override
        public byte[] getEncoded() {
            return new byte[0];
        }
    };

    static List<String> texts(PackNode node) {
        var all = new ArrayList<String>();
        node.items(200).forEach(item -> all.add(item.text()));
        return all;
    }

    static Map<String, PackNode> entries(PackNode node) {
        return node.anyFields().all();
    }
}
