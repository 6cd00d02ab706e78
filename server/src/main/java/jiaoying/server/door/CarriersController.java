package jiaoying.server.door;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the carriers are (承运方): who gets what part of the calls now, and why not more. */
@RestController
public final class CarriersController {
    private final Supplier<List<Row>> carriers;

    public CarriersController(Supplier<List<Row>> carriers) {
        this.carriers = carriers;
    }

    record Body(List<Row> carriers) {}

    /**
     * A carrier.
     *
     * @param channels its channels, with what waits for room there, whoever will get it
     * @param weight   its part beside the others of a channel when all are well, 1 to 100
     * @param share    percent of its weight that it gets now
     * @param state    well, returning (gets less than its weight), silent, failing or own (says itself that it cannot)
     * @param own      where the state is own: cipher, login, name, busy, unreached, ended, answers or other, by its words
     * @param why      its own words, where the state is own
     * @param since    when this run of the program noticed it first
     * @param receipts null before the first, and where it never tells
     * @param canary   null where none is set
     */
    public record Row(
            String name,
            List<Queue> channels,
            int weight,
            int share,
            String state,
            String own,
            String why,
            @Nullable Instant since,
            int inHand,
            int window,
            int untold,
            @Nullable Receipts receipts,
            @Nullable Canary canary) {}

    public record Queue(String channel, int waiting) {}

    /** @param arrived of the last so many of which it told */
    public record Receipts(int arrived, int of) {}

    /** @param toldAt when the carrier told last that it had arrived */
    public record Canary(
            @Nullable Instant triedAt, @Nullable Instant toldAt) {}

    @GetMapping("/api/carriers")
    Body carriers() {
        return new Body(carriers.get());
    }
}
