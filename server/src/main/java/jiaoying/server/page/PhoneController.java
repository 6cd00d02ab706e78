package jiaoying.server.page;

import static jiaoying.server.reply.Html.esc;

import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jiaoying.duty.errand.Channel;
import jiaoying.server.page.VisitorPhone.Heard;
import jiaoying.server.page.VisitorPhone.Phone;
import jiaoying.server.reply.Html;
import jiaoying.server.reply.Texts;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The visitor's simulated phone: what a person in the rain holds in his hand. Only in a demo. */
@RestController
public final class PhoneController {
    private static final Pattern LINK = Pattern.compile("https?://[^\\s，。；]+/a/([A-Za-z0-9_.~-]+)");
    private static final int SECONDS = 2;

    private final Boards boards;
    private final VisitorPhone phones;

    public PhoneController(Boards boards, VisitorPhone phones) {
        this.boards = boards;
        this.phones = phones;
    }

    @GetMapping("/phone/{token}")
    ResponseEntity<String> phone(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String lang,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String wish) {
        var texts = Texts.of(lang.isEmpty() ? wish : lang);
        return phones.find()
                .apply(token)
                .map(phone -> PersonController.html(200, page(phone, texts)))
                .orElseGet(() -> PersonController.html(404, PersonPage.notice(texts, "phone.unknown")));
    }

    @PostMapping("/phone/{token}")
    ResponseEntity<String> press(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String call,
            @RequestParam(defaultValue = "1") char key,
            @RequestParam(defaultValue = "") String lang,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "") String wish) {
        phones.press().press(token, call, key);
        return phone(token, lang, wish);
    }

    private String page(Phone phone, Texts texts) {
        var zone = Boards.zone(boards.whole());
        var title = texts.say("phone.title", phone.name());
        var heard = phone.heard().stream().map(one -> heard(one, zone, texts)).collect(Collectors.joining());
        return Html.refreshed(texts, title, SECONDS, """
                <header class="ground"><h1>%s</h1><p>%s</p></header>
                <main>%s</main>""".formatted(
                        esc(title),
                        esc(texts.say("phone.what")),
                        heard.isEmpty() ? "<p>" + esc(texts.say("phone.quiet")) + "</p>" : heard));
    }

    private static String heard(Heard one, ZoneId zone, Texts texts) {
        return """
                <div class="call"><p class="quiet">%s %s</p><p class="message">%s</p>%s</div>
                """.formatted(
                        Words.minute(one.at(), zone),
                        esc(texts.say("channel." + one.channel().word())),
                        linked(one.text()),
                        one.channel() == Channel.VOICE
                                ? one.ringing().map(call -> press(call, texts)).orElse("")
                                : "");
    }

    private static String press(String call, Texts texts) {
        return """
                <form method="post" action=""><input type="hidden" name="call" value="%s">
                <button class="main" name="key" value="1">%s</button></form>
                """.formatted(esc(call), esc(texts.say("phone.press")));
    }

    /** Links of ours become links of this page, whatever host they name. */
    private static String linked(String text) {
        var link = LINK.matcher(text);
        var html = new StringBuilder();
        int end = 0;
        while (link.find()) {
            html.append(esc(text.substring(end, link.start()))).append(anchor(link));
            end = link.end();
        }
        return html.append(esc(text.substring(end))).toString();
    }

    private static String anchor(Matcher link) {
        return "<a href=\"/a/%s\">%s</a>".formatted(esc(link.group(1)), esc(link.group()));
    }
}
