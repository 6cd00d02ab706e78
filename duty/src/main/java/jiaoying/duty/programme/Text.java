package jiaoying.duty.programme;

/** Words for people in both languages; zh-CN is the master. */
public record Text(String zh, String en) {
    /** @param language a tag: {@code zh-CN} or {@code en} */
    public String in(String language) {
        return language.startsWith("zh") ? zh : en;
    }
}
