package jiaoying.server.cap;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Arrival;
import jiaoying.duty.warn.Bulletin;
import jiaoying.duty.warn.Bulletin.Meaning;
import jiaoying.duty.warn.Bulletin.Remark;
import jiaoying.wire.cap.Alert;
import jiaoying.wire.cap.Cap;
import jiaoying.wire.cap.CapRead;
import jiaoying.wire.cap.CapSignature;
import jiaoying.wire.cap.Finding;
import jiaoying.wire.cap.Info;
import jiaoying.wire.cap.MessageId;
import jiaoying.wire.cap.SignatureCheck;

/** Takes CAP messages of other centres in (接收预警消息): reads, checks the signature, says it in our words. May be used from any thread. */
public final class CapIntake {
    /** Pictures come inside of messages; larger ones are refused. */
    public static final int MOST_BYTES = 2 << 20;

    private static final int LONGEST_TEXT = 500;

    private final CapSettings settings;
    private final CapWords words;
    private final Supplier<CapPlaces> places;

    /** @param places as the register and the boundaries are now */
    CapIntake(CapSettings settings, Supplier<CapPlaces> places) {
        this.settings = settings;
        this.words = CapWords.with(settings.words());
        this.places = places;
    }

    /** What became of the bytes. */
    public sealed interface Taken {
        /** Everything that breaks the standard. */
        List<Finding> findings();

        record Understood(Arrival.BulletinReceived arrival, List<Finding> findings) implements Taken {}

        record Refused(List<Finding> findings) implements Taken {}
    }

    /** @param by the door or feed that brought it */
    public Taken take(String by, byte[] message) {
        var read = settings.assumedOffset()
                .map(offset -> Cap.read(message, offset))
                .orElseGet(() -> Cap.read(message));
        return switch (read) {
            case CapRead.Refused(var findings) -> new Taken.Refused(findings);
            case CapRead.Understood(var alert, var _, var findings) -> {
                var checks = CapSignature.check(
                        message,
                        trusted(alert.id().sender(), false),
                        trusted(alert.id().sender(), true));
                var raw = Base64.getEncoder().encodeToString(message);
                yield new Taken.Understood(
                        new Arrival.BulletinReceived(by, bulletin(alert, signature(checks), findings), raw), findings);
            }
        };
    }

    private List<PublicKey> trusted(String sender, boolean onlyOld) {
        return settings.issuers().stream()
                .filter(issuer -> !onlyOld || issuer.sha1())
                .filter(issuer -> issuer.sender().isEmpty() || issuer.sender().equals(sender))
                .map(CapSettings.Issuer::key)
                .toList();
    }

    private static Bulletin.Signature signature(List<SignatureCheck> checks) {
        if (CapSignature.isGood(checks)) {
            return Bulletin.Signature.GOOD;
        }
        return checks.stream()
                .map(check -> switch (check) {
                    case SignatureCheck.Good _ -> Bulletin.Signature.GOOD;
                    case SignatureCheck.Bad() -> Bulletin.Signature.BAD;
                    case SignatureCheck.UnknownKey _ -> Bulletin.Signature.UNKNOWN_KEY;
                    case SignatureCheck.NotChecked _ -> Bulletin.Signature.NOT_CHECKED;
                    case SignatureCheck.None() -> Bulletin.Signature.NONE;
                })
                .findFirst()
                .orElse(Bulletin.Signature.NONE);
    }

    private Bulletin bulletin(Alert alert, Bulletin.Signature signature, List<Finding> findings) {
        var remarks = new ArrayList<Remark>();
        findings.forEach(
                finding -> remarks.add(Remark.of("standard", clip(finding.path()), FindingWords.word(finding.rule()))));
        var infos = infos(alert);
        var first = infos.stream().findFirst();
        var trusted = signature == Bulletin.Signature.GOOD
                || (!settings.demandSignature() && signature != Bulletin.Signature.BAD);
        var meanings = meanings(alert, infos, remarks);
        return new Bulletin(
                id(alert.id()),
                Bulletin.Status.valueOf(alert.status().name()),
                Bulletin.Type.valueOf(alert.msgType().name()),
                alert.references().stream().map(CapIntake::id).toList(),
                signature,
                trusted,
                first.flatMap(Info::senderName).orElse(alert.id().sender()),
                clip(first.flatMap(Info::headline)
                        .or(() -> first.map(Info::event))
                        .orElse("")),
                meanings,
                remarks.stream().distinct().limit(20).toList(),
                digest(alert));
    }

    private static Bulletin.Id id(MessageId id) {
        return new Bulletin.Id(id.sender(), id.identifier(), id.sent().instant());
    }

    /** The same things are said once for each language: only the Chinese ones are mapped where there are any. */
    private static List<Info> infos(Alert alert) {
        var chinese = alert.infos().stream()
                .filter(info -> info.language().toLowerCase(Locale.ROOT).startsWith("zh"))
                .toList();
        return chinese.isEmpty() ? alert.infos() : chinese;
    }

    private List<Meaning> meanings(Alert alert, List<Info> infos, List<Remark> remarks) {
        var now = places.get();
        var meanings = new ArrayList<Meaning>();
        for (var info : infos) {
            var hazard = words.hazard(info);
            var color = isOver(info) ? Optional.of(SignalColor.NONE) : colored(info, remarks);
            if (hazard.isEmpty() || color.isEmpty()) {
                remarks.add(Remark.of("event-unknown", clip(info.event())));
                continue;
            }
            var areas = now.areas(info.areas(), remarks);
            var from = info.effectiveFrom(alert.id()).instant();
            var until = info.expires().map(time -> time.instant()).orElse(from.plus(settings.lasts()));
            meanings.add(new Meaning(hazard.get(), color.get(), areas, clip(text(info)), from, until));
        }
        return List.copyOf(meanings);
    }

    private Optional<SignalColor> colored(Info info, List<Remark> remarks) {
        var colored = words.color(info);
        colored.ifPresent(found -> remarks.addAll(found.remarks()));
        return colored.map(CapWords.Colored::color);
    }

    private static boolean isOver(Info info) {
        return info.responseTypes().contains(Info.ResponseType.ALL_CLEAR)
                || info.headline().filter(title -> title.contains("解除")).isPresent();
    }

    private static String text(Info info) {
        return info.description().or(info::headline).orElse(info.event());
    }

    private static String clip(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT - 1) + "…";
    }

    /** Over what the message says, not over its bytes: a feed writes the same message in another form. */
    private static String digest(Alert alert) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256").digest(alert.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Bug: every Java platform has SHA-256", e);
        }
    }
}
