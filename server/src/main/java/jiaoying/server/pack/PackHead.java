package jiaoying.server.pack;

import java.time.LocalDate;

/**
 * What {@code pack.yaml} says about a pack.
 *
 * @param draft     shown as 草案
 * @param effective first day on which the pack may be used
 */
public record PackHead(
        String name,
        String version,
        String kind,
        String titleZh,
        String titleEn,
        boolean draft,
        LocalDate effective,
        String source) {
    /** Stands for a head that could not be read. */
    static final PackHead UNREAD = new PackHead("", "", "", "", "", true, LocalDate.EPOCH, "");
}
