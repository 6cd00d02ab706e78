package jiaoying.server.page;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import jiaoying.duty.call.CallPlan;
import jiaoying.duty.errand.Channel;
import jiaoying.duty.room.View.CalleeView;
import jiaoying.duty.roster.RosterFact.ContactRegistered;
import jiaoying.duty.roster.RosterFact.DutyAssigned;
import jiaoying.duty.station.StationFact.SiteRegistered;

/**
 * What only the Answer screen reads, as functions.
 *
 * @param page     callees of an order as they are now, by person, after one of them
 * @param changed  callees of an order that changed after a fact
 * @param times    callees that changed after a fact, only what figures of time need
 * @param answers  when each person answered last
 * @param tried    what became of attempts that changed after a fact
 * @param duties   of the register as it is now
 * @param sites    of the register as it is now
 * @param contacts of the register as it is now, the address left blank
 * @param disputes contacts said to be another's, as {@code person/channel}
 * @param numbers  addresses of these people on a channel: for lists on paper only
 * @param out      channels by which nothing goes out now
 * @param plan     by which people are called
 * @param lines    telephone lines there are; 0 where no carrier says
 */
public record AnswerReads(
        Page page,
        Changed changed,
        java.util.function.LongFunction<List<Time>> times,
        Supplier<Map<String, Instant>> answers,
        java.util.function.LongFunction<List<Tried>> tried,
        Supplier<List<DutyAssigned>> duties,
        Supplier<List<SiteRegistered>> sites,
        Supplier<List<ContactRegistered>> contacts,
        Supplier<Set<String>> disputes,
        Numbers numbers,
        Supplier<List<Channel>> out,
        Supplier<CallPlan> plan,
        IntSupplier lines) {
    /** Callees by person. */
    @FunctionalInterface
    public interface Page {
        List<CalleeView> list(String order, String afterPerson, int most);
    }

    /** Callees that changed. */
    @FunctionalInterface
    public interface Changed {
        List<CalleeView> list(String order, long since, int most);
    }

    /** Addresses by person. */
    @FunctionalInterface
    public interface Numbers {
        Map<String, String> of(Channel channel, Set<String> persons);
    }

    /** @param settledAt empty while nobody has answered; duty: the first for which the person was called */
    public record Time(
            String color,
            String area,
            Instant calledAt,
            String state,
            Optional<Instant> settledAt,
            String channel,
            String duty,
            String place) {}

    /** How often a contact was tried with one result. */
    public record Tried(String person, String channel, String state, int count, Instant last) {}
}
