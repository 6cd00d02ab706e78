package jiaoying.server.cap;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.room.Settings;
import jiaoying.duty.room.View.SignalView;
import jiaoying.duty.roster.RosterFact.AreaRegistered;
import jiaoying.duty.warn.SignalText;
import jiaoying.duty.warn.WarnFact;
import jiaoying.duty.warn.WarnFact.SignalCorrected;
import jiaoying.duty.warn.WarnFact.SignalIssued;
import jiaoying.duty.warn.WarnFact.SignalLifted;
import jiaoying.duty.warn.WarnFact.SignalRetracted;
import jiaoying.duty.warn.WarnFact.ThresholdAlertDecided;
import jiaoying.duty.warn.WarnFact.ThresholdAlertRaised;
import jiaoying.server.reply.Texts;
import jiaoying.wire.cap.Alert;
import jiaoying.wire.cap.Alert.MsgType;
import jiaoying.wire.cap.Alert.Status;
import jiaoying.wire.cap.AlertDraft;
import jiaoying.wire.cap.Area;
import jiaoying.wire.cap.CapTime;
import jiaoying.wire.cap.Info;
import jiaoying.wire.cap.InfoDraft;
import jiaoying.wire.cap.MessageId;
import jiaoying.wire.cap.NamedValue;

/** Makes CAP 1.2 messages of our own signals (自发预警消息), in Chinese and English. */
final class CapMessages {
    private static final DateTimeFormatter ENTERED = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
    private static final int SERIALS = 10;

    private final CapSettings.Out out;
    private final Settings settings;
    private final ZoneId zone;

    CapMessages(CapSettings.Out out, Settings settings) {
        this.out = out;
        this.settings = settings;
        this.zone = ZoneId.of(settings.zone());
    }

    /** Where a signal holds. @param outlines its polygons; none where there are no boundaries that count */
    record Place(AreaRegistered area, List<Area.Polygon> outlines) {
        private String name(Texts texts) {
            return texts.chinese() || area.nameEn().isEmpty() ? area.nameZh() : area.nameEn();
        }

        private Area said(String name) {
            return new Area(
                    name,
                    outlines,
                    List.of(),
                    List.of(new NamedValue("adcode", area.area())),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /**
     * @param signal of the fact, as it is now
     * @param chain  our messages of the place since the last CANCEL, in order
     * @param latest identifier of our last message, or empty
     * @return empty when the fact is none of a signal's, or there is nothing that could be withdrawn
     */
    Optional<Alert> message(
            Instant at, WarnFact fact, SignalView signal, Place area, List<MessageId> chain, String latest) {
        return switch (fact) {
            case SignalIssued issued -> Optional.of(alert(at, signal, area, chain, latest, issued.text(), false));
            case SignalCorrected corrected ->
                Optional.of(alert(at, signal, area, chain, latest, corrected.text(), false));
            case SignalLifted _ -> cancel(at, signal, area, chain, latest, "");
            case SignalRetracted retracted -> cancel(at, signal, area, chain, latest, retracted.reason());
            case ThresholdAlertRaised _ -> Optional.empty();
            case ThresholdAlertDecided _ -> Optional.empty();
        };
    }

    private Optional<Alert> cancel(
            Instant at, SignalView signal, Place area, List<MessageId> chain, String latest, String reason) {
        return chain.isEmpty() ? Optional.empty() : Optional.of(alert(at, signal, area, chain, latest, reason, true));
    }

    private Alert alert(
            Instant at,
            SignalView signal,
            Place area,
            List<MessageId> chain,
            String latest,
            String text,
            boolean over) {
        var sent = CapTime.of(at, zone.getRules().getOffset(at));
        var id = new MessageId(out.sender(), identifier(at, latest), sent);
        var infos = List.of(
                info(
                        Texts.ZH,
                        "zh-CN",
                        out.nameZh(),
                        sent,
                        signal,
                        area,
                        SignalText.of(text).zh(),
                        over),
                info(
                        Texts.EN,
                        "en",
                        out.nameEn(),
                        sent,
                        signal,
                        area,
                        SignalText.of(text).en(),
                        over));
        var actual = !settings.demo() && !settings.exercise();
        var draft = new AlertDraft(id, actual ? Status.ACTUAL : Status.EXERCISE, infos);
        if (!actual) {
            draft.note(settings.exercise() ? "演练 Exercise of " + settings.name() : "演示 Demonstration");
        }
        if (!chain.isEmpty()) {
            draft.of(over ? MsgType.CANCEL : MsgType.UPDATE, chain);
        }
        return draft.alert();
    }

    /**
     * Office, time of entry in the zone of the room, serial 0 to 9; an eleventh message of one second takes the next one. Rising,
     * so that no two are the same.
     */
    private String identifier(Instant at, String latest) {
        var time = at.atZone(zone).toLocalDateTime().withNano(0);
        var last = latest.startsWith(out.office() + "_")
                ? latest.substring(out.office().length() + 1)
                : "";
        if (last.length() == 16 && last.substring(0, 14).compareTo(ENTERED.format(time)) >= 0) {
            var serial = Integer.parseInt(last.substring(15)) + 1;
            var from = java.time.LocalDateTime.parse(last.substring(0, 14), ENTERED);
            return serial < SERIALS ? name(from, serial) : name(from.plusSeconds(1), 0);
        }
        return name(time, 0);
    }

    private String name(java.time.LocalDateTime time, int serial) {
        return out.office() + "_" + ENTERED.format(time) + "_" + serial;
    }

    private Info info(
            Texts texts,
            String language,
            String sender,
            CapTime sent,
            SignalView signal,
            Place area,
            String text,
            boolean over) {
        var hazard = texts.say("hazard." + signal.hazard());
        var color = texts.say("color." + signal.color().word());
        var place = area.name(texts);
        var headline = texts.say(over ? "cap.lifted" : "cap.issued", sender, place, hazard, color);
        var urgent = signal.color().above(SignalColor.YELLOW);
        var draft = new InfoDraft(
                        language,
                        Info.Category.MET,
                        hazard,
                        over ? Info.Urgency.PAST : urgent ? Info.Urgency.IMMEDIATE : Info.Urgency.EXPECTED,
                        over ? Info.Severity.MINOR : severity(signal.color()),
                        signal.basis().isEmpty() ? Info.Certainty.LIKELY : Info.Certainty.OBSERVED)
                .responseTypes(over ? Info.ResponseType.ALL_CLEAR : Info.ResponseType.PREPARE)
                .effective(sent)
                .expires(CapTime.of(
                        sent.instant().plus(out.lasts()), sent.value().getOffset()))
                .senderName(sender)
                .headline(headline)
                .parameters(
                        new NamedValue(
                                "color", over ? "None" : capital(signal.color().word())),
                        new NamedValue("hazard", signal.hazard()))
                .areas(area.said(place));
        CapWords.codeOf(signal.hazard()).ifPresent(code -> draft.eventCodes(new NamedValue("12379", code)));
        var said = FORBIDDEN.matcher(text).replaceAll(" ").strip();
        return (said.isEmpty() ? draft.description(headline) : draft.description(said)).info();
    }

    private static Info.Severity severity(SignalColor color) {
        return switch (color) {
            case RED -> Info.Severity.EXTREME;
            case ORANGE -> Info.Severity.SEVERE;
            case YELLOW -> Info.Severity.MODERATE;
            case BLUE -> Info.Severity.MINOR;
            case NONE -> Info.Severity.UNKNOWN;
        };
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    Duration lasts() {
        return out.lasts();
    }
}
