package jiaoying.duty.document;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jiaoying.duty.document.Demand.Named;
import jiaoying.duty.document.Demand.When;

/** Reads what a notice or minutes demand. It proposes; a person takes, changes or drops each sentence, and nothing enters by itself. */
public final class DocumentReader {
    private static final String BODY = "(?:各镇(?:\\(街道\\)|（街道）|街道)?|各(?:有关|相关|成员)?(?:部门|单位)|各街道|各村(?:（社区）|社区)?"
            + "|(?:市|县|区)?(?:人民)?(?:法院|检察院)|(?:市|县|区)?(?![由对请在将经把让向])[\\u4e00-\\u9fa5]{2,12}?(?:局|委员会|委|办公室|办|指挥部|中心|公司|集团|街道|(?<!城|集)镇|政府|大队|支队))";

    /** Words of duty. A sentence that only reports with one of them, such as 要闻, is told apart by what follows. */
    private static final Pattern DUTY = Pattern.compile(
            "必须|务必|应当|应于|须于|须在|须将|(?<![必不])须(?=[^要臾])|不得|严禁|确保|牵头|(?<![主重需只还首])要(?=[求]?[^闻点素求案道领旨务])|(?<![邀申聘提恳敬])请(?=各|于|在|将|立即|认真|做好|及时|按|"
                    + BODY + ")|责成|限期|负责(?!人)|抓紧|立即|尽快|落实|做好");

    private static final Pattern REPORT =
            Pattern.compile("^(?:[^，。]{0,30})(?:指出|强调|表示|认为|介绍|据悉|了解到|已(?:经)?(?:完成|落实|做好))");

    private static final Pattern LEAD = Pattern.compile("由?(" + BODY + ")(?:、" + BODY + ")*(?:牵头|负责)");
    private static final Pattern SUPPORT =
            Pattern.compile("(" + BODY + ")(?:、(" + BODY + "))*(?:等)?(?:部门|单位)?(?:配合|协助|会同)");
    private static final Pattern SUBJECT =
            Pattern.compile("^(?:[一二三四五六七八九十\\d]{1,3}[、.．]|[（(][一二三四五六七八九十\\d]{1,3}[）)])?请?(" + BODY + ")(?:、(" + BODY
                    + "))*(?=要|须|应|必须|务必|负责|抓紧|立即|尽快|牵头|做好|落实|于|在)");

    /** A body in the middle of a sentence that says what it does: 各镇街道、各部门强化……，同时市司法局指导……. */
    private static final Pattern CLAUSE = Pattern.compile("(?<=[，,；;：:])(?:同时|并|另)?(" + BODY + ")(?:、" + BODY
            + ")*(?=要|须|应|加大|加强|强化|指导|监督|协助|健全|完善|推进|落实|做好|负责|抓紧|牵头|组织|建立|严格)");
    /** The same at the beginning of what follows a semicolon. */
    private static final Pattern CONTINUES = Pattern.compile(
            "^(?:同时|并|另)?(" + BODY + ")(?:、" + BODY + ")*(?=加大|加强|强化|指导|监督|协助|健全|完善|推进|落实|做好|负责|抓紧|牵头|组织|建立|严格)");

    private static final Pattern DAY =
            Pattern.compile("(?:(\\d{4})年)?(\\d{1,2})月(\\d{1,2})日(?:\\d{1,2}[时:：](?:\\d{1,2}分?)?)?(?:之?前|以前|止)");
    private static final Pattern MONTH_END = Pattern.compile("(?:(\\d{4})年)?(\\d{1,2})月(?:底|末)(?:之?前|以前)?");
    private static final Pattern YEAR_END = Pattern.compile("(?:(\\d{4})年|今年|年)(?:年)?底(?:之?前|以前)");
    private static final Pattern SPAN =
            Pattern.compile("(?:[一二两三四五六七八九十\\d]{1,4})个?(?:工作日|日|天|小时|个月|月|周)(?:之)?内|本月底前|本周(?:五|内)前?|立即|即日起");
    private static final Pattern DATED = Pattern.compile("(\\d{4})年(\\d{1,2})月(\\d{1,2})日");

    private static final Pattern AMOUNT = Pattern.compile(
            "(?<!第)(?<![\\d.])(\\d[\\d,]*(?:\\.\\d+)?)(?:余|多)?(亿元|万元|亿|万亩|万人|万吨|万户|万|元|亩|家|个百分点|个(?!工作日|月|小时)|%|％|人次|人|名|处|座|件|项|起|公里|千米|米|毫米|平方米|平方公里|吨|户|台|条|次|场|届|批|辆)");

    private final String text;
    private final Optional<Integer> year;

    private DocumentReader(String text) {
        this.text = text;
        this.year = yearOf(text);
    }

    /** @param demands in the order of the text @param figures all of them, also outside demands */
    public record Read(List<Demand> demands, List<Amount> figures) {}

    public static Read read(String text) {
        return new DocumentReader(text).read();
    }

    /** The year of the only year that full dates of the document have; a document with several has none. */
    private static Optional<Integer> yearOf(String text) {
        var years = new TreeSet<Integer>();
        DATED.matcher(text.replaceAll("[\\s　]", ""))
                .results()
                .forEach(date -> years.add(Integer.parseInt(date.group(1))));
        return years.size() == 1 ? Optional.of(years.first()) : Optional.empty();
    }

    private Read read() {
        var demands = new ArrayList<Demand>();
        var figures = new ArrayList<Amount>();
        var demanded = false;
        for (var sentence : Sentences.of(text)) {
            figures.addAll(figures(sentence));
            var demand = demand(sentence, demanded);
            demand.ifPresent(demands::add);
            demanded = demand.isPresent() && sentence.text().matches(".*[；;]$");
        }
        return new Read(List.copyOf(demands), List.copyOf(figures));
    }

    /** @param demanded what stands before the semicolon demands something, so that a body after it goes on with it */
    private Optional<Demand> demand(Sentences.Sentence sentence, boolean demanded) {
        var words = new ArrayList<String>();
        DUTY.matcher(sentence.text())
                .results()
                .map(found -> found.group())
                .filter(word -> !words.contains(word))
                .forEach(words::add);
        boolean strong =
                words.stream().anyMatch(word -> !word.equals("落实") && !word.equals("做好") && !word.equals("尽快"));
        var bodies = bodies(sentence);
        if (demanded && CONTINUES.matcher(sentence.text()).find()) {
            words.add("；");
            strong = true;
        }
        if (words.isEmpty() || !strong && bodies.isEmpty() || onlyReports(sentence.text(), words)) {
            return Optional.empty();
        }
        return Optional.of(
                new Demand(sentence.span(), sentence.text(), List.copyOf(words), bodies, deadline(sentence)));
    }

    /** What somebody said at a meeting demands only when it says who must or what must be. */
    private static boolean onlyReports(String sentence, List<String> words) {
        return REPORT.matcher(sentence).find()
                && words.stream().allMatch(word -> word.equals("落实") || word.equals("做好"));
    }

    private static List<Named> bodies(Sentences.Sentence sentence) {
        var named = new ArrayList<Named>();
        collect(LEAD.matcher(sentence.text()), "lead", sentence, named);
        collect(SUPPORT.matcher(sentence.text()), "support", sentence, named);
        collect(SUBJECT.matcher(sentence.text()), "named", sentence, named);
        collect(CONTINUES.matcher(sentence.text()), "named", sentence, named);
        collect(CLAUSE.matcher(sentence.text()), "named", sentence, named);
        return List.copyOf(named);
    }

    private static void collect(Matcher found, String role, Sentences.Sentence sentence, List<Named> named) {
        while (found.find()) {
            var each = Pattern.compile(BODY).matcher(sentence.text()).region(found.start(1), found.end());
            while (each.find()) {
                var body = each.group();
                var place = sentence.place(each.start(), each.end());
                if (named.stream()
                        .noneMatch(one -> one.body().equals(body)
                                || one.span().from() <= place.from()
                                        && place.to() <= one.span().to())) {
                    named.add(new Named(body, role, place));
                }
            }
        }
    }

    private Optional<When> deadline(Sentences.Sentence sentence) {
        return stated(DAY, sentence, found -> day(found.group(1), found.group(2), found.group(3)))
                .or(() -> stated(MONTH_END, sentence, found -> monthEnd(found.group(1), found.group(2))))
                .or(() -> stated(YEAR_END, sentence, found -> day(found.group(1), "12", "31")))
                .or(() -> stated(SPAN, sentence, found -> Optional.empty()));
    }

    private static Optional<When> stated(
            Pattern pattern,
            Sentences.Sentence sentence,
            java.util.function.Function<Matcher, Optional<LocalDate>> day) {
        var found = pattern.matcher(sentence.text());
        return found.find()
                ? Optional.of(new When(found.group(), sentence.place(found.start(), found.end()), day.apply(found)))
                : Optional.empty();
    }

    private Optional<LocalDate> day(@org.jspecify.annotations.Nullable String ofYear, String month, String day) {
        return (ofYear == null ? year : Optional.of(Integer.parseInt(ofYear)))
                .filter(one -> Integer.parseInt(month) >= 1 && Integer.parseInt(month) <= 12)
                .map(one -> YearMonth.of(one, Integer.parseInt(month)))
                .filter(one -> one.isValidDay(Integer.parseInt(day)))
                .map(one -> one.atDay(Integer.parseInt(day)));
    }

    private Optional<LocalDate> monthEnd(@org.jspecify.annotations.Nullable String ofYear, String month) {
        return day(ofYear, month, "1").map(first -> YearMonth.from(first).atEndOfMonth());
    }

    private static List<Amount> figures(Sentences.Sentence sentence) {
        var figures = new ArrayList<Amount>();
        AMOUNT.matcher(sentence.text())
                .results()
                .forEach(found -> figures.add(new Amount(
                        found.group(),
                        new BigDecimal(found.group(1).replace(",", "")),
                        found.group(2).equals("％") ? "%" : found.group(2),
                        sentence.place(found.start(), found.end()))));
        return figures;
    }
}
