package jiaoying.server.door;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import jiaoying.duty.room.View.BulletinView;
import jiaoying.server.cap.CapIntake;
import jiaoying.server.cap.CapIntake.Taken;
import jiaoying.server.cap.FindingWords;
import jiaoying.server.reply.Texts;
import jiaoying.server.security.Caller;
import jiaoying.wire.cap.Finding;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Where CAP messages of other centres come in (预警消息入口): the reply says what was understood, what is wrong, what it did. */
@RestController
public final class CapDoor {
    private final FrontDoor door;
    private final CapIntake intake;
    private final Function<String, Optional<BulletinView>> bulletins;
    private final DoorCount count;

    /** @param bulletins what became of a message, by its key */
    public CapDoor(
            FrontDoor door, CapIntake intake, Function<String, Optional<BulletinView>> bulletins, DoorCount count) {
        this.count = count;
        this.door = door;
        this.intake = intake;
        this.bulletins = bulletins;
    }

    /** @param verdict acted, not-actual, untrusted ...; repeated: the room had it before; taken: not decided yet */
    record Reply(
            String verdict,
            Optional<MessageBody> message,
            List<MeaningBody> meanings,
            List<BroughtBody> brought,
            List<String> remarks,
            List<ProblemBody> problems,
            Optional<Long> arrival) {}

    record MessageBody(String sender, String identifier, String sent, String status, String type, String signature) {}

    record BroughtBody(String hazard, String area, String color, String signal) {}

    record MeaningBody(String hazard, String color, List<String> areas, String from, String until) {}

    record ProblemBody(String where, String rule, String what, String value, String allowed, boolean refused) {
        static ProblemBody of(Finding finding, Texts texts) {
            return new ProblemBody(
                    finding.path(),
                    FindingWords.word(finding.rule()),
                    FindingWords.what(finding, texts),
                    finding.value(),
                    texts.say(FindingWords.allowed(finding)),
                    finding.grade() == Finding.Grade.REFUSAL);
        }
    }

    @PostMapping("/api/cap")
    ResponseEntity<Object> message(
            HttpServletRequest request,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String lang)
            throws IOException {
        var texts = Texts.of(lang);
        var body = BoundedBody.of(request.getInputStream(), request.getContentLengthLong(), CapIntake.MOST_BYTES);
        var by = Caller.current().name();
        return switch (intake.take(by, body.readAllBytes())) {
            case Taken.Refused(var findings) -> {
                count.fault("refused");
                yield ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT)
                        .body(new Reply(
                                "refused",
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                List.of(),
                                problems(findings, texts),
                                Optional.empty()));
            }
            case Taken.Understood understood -> {
                var brought = door.bring(by, understood.arrival());
                count.good();
                yield Replies.of(brought, _ -> reply(understood, brought.number(), texts));
            }
        };
    }

    private static List<ProblemBody> problems(List<Finding> findings, Texts texts) {
        return findings.stream().map(it -> ProblemBody.of(it, texts)).toList();
    }

    private Reply reply(Taken.Understood understood, long number, Texts texts) {
        var bulletin = understood.arrival().bulletin();
        var view = bulletins.apply("M" + number);
        var id = bulletin.id();
        return new Reply(
                view.map(found -> word(found.verdict())).orElse("repeated"),
                Optional.of(new MessageBody(
                        id.sender(),
                        id.identifier(),
                        id.sent().toString(),
                        word(bulletin.status()),
                        word(bulletin.type()),
                        word(bulletin.signature()))),
                bulletin.meanings().stream()
                        .map(meaning -> new MeaningBody(
                                meaning.hazard(),
                                meaning.color().word(),
                                meaning.areas(),
                                meaning.from().toString(),
                                meaning.until().toString()))
                        .toList(),
                view.map(BulletinView::brought).orElse(List.of()).stream()
                        .map(place -> new BroughtBody(
                                place.hazard(), place.area(), place.color().word(), place.signal()))
                        .toList(),
                bulletin.remarks().stream()
                        .map(remark -> FindingWords.say(remark, texts))
                        .toList(),
                problems(understood.findings(), texts),
                Optional.of(number));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
