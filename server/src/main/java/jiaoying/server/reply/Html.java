package jiaoying.server.reply;

import org.springframework.web.util.HtmlUtils;

/** The frame of pages made here: nothing from outside, readable on an old phone. */
public final class Html {
    private static final String FRAME = """
            <!doctype html>
            <html lang="%s">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            %s<title>%s</title>
            <style>
            body{margin:0;font:1.25rem/1.6 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;background:#fff;color:#16202b}
            header,main,footer{max-width:34rem;margin:0 auto;padding:1rem 1.2rem}
            .ground{background:#e8ecf0}
            .ground.blue{background:#1F6FEB;color:#fff}
            .ground.yellow{background:#FFD43B;color:#000}
            .ground.orange{background:#FF8C1A;color:#000}
            .ground.red{background:#D7141A;color:#fff}
            h1{font-size:1.9rem;line-height:1.3;margin:.2rem 0}
            .numeral{display:inline-block;min-width:1.6em;text-align:center;border:2px solid;border-radius:.3rem;margin-right:.5rem}
            .message{font-size:1.35rem;white-space:pre-line}
            .state{border:3px solid #16202b;border-radius:.5rem;padding:.8rem 1rem;font-weight:700}
            button{font:inherit;width:100%%;min-height:64px;border-radius:.6rem;border:3px solid #16202b;background:#fff;color:#16202b}
            button.main{font-size:1.9rem;font-weight:700;min-height:88px;background:#16202b;color:#fff}
            details{margin-top:1.5rem}
            summary{min-height:44px;padding-top:.6rem}
            a{color:inherit}
            button:disabled{opacity:.6}
            #kept article{border:3px solid #9fadba;border-radius:.5rem;padding:.2rem 1rem .6rem}
            #kept button{margin-bottom:.5rem;min-height:52px}
            .call{border-left:.4rem solid #16202b;padding-left:.8rem;margin:0 0 1.2rem;overflow-wrap:anywhere}
            .quiet{color:#4a5663}
            article{border-top:3px solid #16202b;margin-top:1.2rem;padding-top:.4rem}
            h3{margin:.2rem 0}
            form{margin:.6rem 0}
            label{display:block;margin:.5rem 0}
            input,textarea,select{font:inherit;box-sizing:border-box;width:100%%;min-height:52px;padding:.4rem .6rem;border:2px solid #16202b;border-radius:.4rem;background:#fff;color:inherit}
            input[type=checkbox]{width:1.6rem;min-height:1.6rem;vertical-align:middle}
            .late{font-weight:700;border-left:.5rem solid #D7141A;padding-left:.6rem}
            main.paper{max-width:none;font-size:.8rem;line-height:1.35}
            .paper table{width:100%%;border-collapse:collapse}
            .paper th,.paper td{border:1px solid #16202b;padding:.25rem .4rem;text-align:left}
            .paper td{height:1.9rem}
            .paper h2{font-size:1.05rem;margin:.9rem 0 .2rem}
            .paper tr,.paper h2{break-inside:avoid;break-after:auto}
            @media screen and (prefers-color-scheme:dark){
            body{background:#10161d;color:#dce3ea}
            .ground{background:#1e2934}
            .state,.call,button,input,textarea,select,article{border-color:#9fadba}
            button,input,textarea,select{background:#17202a;color:#dce3ea}
            button.main{background:#dce3ea;color:#10161d}
            .quiet{color:#9fadba}
            }
            @media print{.paper nav{display:none}}
            @page{size:A4 landscape;margin:12mm}
            </style>
            </head>
            <body>
            %s
            </body>
            </html>
            """;

    private Html() {}

    public static String page(Texts texts, String title, String body) {
        return page(texts, title, "", body);
    }

    /** @param seconds after which the browser asks again */
    public static String refreshed(Texts texts, String title, int seconds, String body) {
        return page(texts, title, "<meta http-equiv=\"refresh\" content=\"" + seconds + "\">\n", body);
    }

    public static String starting() {
        var texts = Texts.ZH;
        return refreshed(texts, texts.say("starting"), 1, "<main><p>" + esc(texts.say("starting")) + "</p></main>");
    }

    public static String esc(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }

    private static String page(Texts texts, String title, String head, String body) {
        return FRAME.formatted(texts.lang(), head, esc(title), body);
    }
}
