package jiaoying.duty.room;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jiaoying.duty.ledger.Fact;
import jiaoying.duty.monitor.SignalColor;
import jiaoying.duty.warn.Bulletin;
import jiaoying.duty.warn.Bulletin.Brought;
import jiaoying.duty.warn.Bulletin.Status;
import jiaoying.duty.warn.Bulletin.Type;
import jiaoying.duty.warn.Bulletin.Verdict;
import jiaoying.duty.warn.BulletinFact.BulletinBegan;
import jiaoying.duty.warn.BulletinFact.BulletinDisputed;
import jiaoying.duty.warn.BulletinFact.BulletinEnded;
import jiaoying.duty.warn.BulletinFact.BulletinHeard;
import jiaoying.duty.warn.Bulletins;
import jiaoying.duty.warn.WarnFact.SignalIssued;
import jiaoying.duty.warn.Warnings;

/** What follows from a message of another warning centre: signals as if they had been received, and what it replaces. */
final class BulletinStep {
    /** How long messages are remembered; one that was sent before that is over. */
    static final Duration MEMORY = Duration.ofDays(30);

    private final long number;
    private final Instant at;
    private final DutyRoom room;
    private final Bulletins bulletins;
    private final Warnings warnings;

    BulletinStep(DutyRoom room, long number, Instant at) {
        this.number = number;
        this.at = at;
        this.room = room;
        this.bulletins = room.bulletins();
        this.warnings = room.warnings();
    }

    Step take(Arrival.BulletinReceived arrival) {
        var bulletin = arrival.bulletin();
        var known = bulletins.find(bulletin.id());
        if (known.isPresent() && !isNowTrusted(known.get(), bulletin)) {
            var first = known.get().heard();
            return first.bulletin().digest().equals(bulletin.digest())
                            || known.get().disputed().contains(bulletin.digest())
                    ? Step.of(List.of())
                    : Step.of(List.of(new BulletinDisputed(first.key(), bulletin.digest(), arrival.by())));
        }
        return Step.of(heard("M" + number, bulletin, arrival.by()));
    }

    /** The same words come again, now with the signature that was missing. */
    private static boolean isNowTrusted(Bulletins.Held known, Bulletin bulletin) {
        return known.heard().verdict() == Verdict.UNTRUSTED
                && bulletin.trusted()
                && known.heard().bulletin().digest().equals(bulletin.digest());
    }

    private List<Fact> heard(String key, Bulletin bulletin, String by) {
        var refused = refusal(bulletin);
        if (refused.isPresent()) {
            return List.of(
                    new BulletinHeard(key, bulletin, by, refused.get(), List.of(), Optional.empty(), Optional.empty()));
        }
        var begins = begins(bulletin);
        if (begins.isPresent() && wanted(bulletin).isEmpty()) {
            return List.of(new BulletinHeard(key, bulletin, by, Verdict.WAITING, List.of(), Optional.empty(), begins));
        }
        var acted = act(key, bulletin, by);
        var verdict = acted.isNothing() ? idle(bulletin) : Verdict.ACTED;
        var facts = new ArrayList<Fact>();
        facts.add(new BulletinHeard(key, bulletin, by, verdict, acted.brought(), acted.ends(bulletin), begins));
        facts.addAll(acted.facts());
        return facts;
    }

    /** What a message brings and ends now. */
    private record Acted(List<Brought> brought, int answered, List<Fact> facts) {
        boolean isNothing() {
            return brought.isEmpty() && answered == 0;
        }

        Optional<Instant> ends(Bulletin bulletin) {
            return brought.isEmpty() ? Optional.empty() : bulletin.until();
        }
    }

    private Acted act(String key, Bulletin bulletin, String by) {
        var wanted = bulletin.type() == Type.CANCEL ? Map.<String, Wanted>of() : wanted(bulletin);
        var answered = bulletins.answered(bulletin);
        var facts = new ArrayList<Fact>();
        var brought = new ArrayList<Brought>();
        wanted.values().forEach(want -> bring(bulletin, by, want, facts).ifPresent(brought::add));
        for (var old : answered) {
            for (var place : bulletins.stillHeld(old)) {
                if (!wanted.containsKey(place.hazard() + '/' + place.area())) {
                    facts.addAll(lift(place, bulletin.senderName(), by, bulletin.headline()));
                }
            }
            facts.add(new BulletinEnded(
                    old.heard().key(), bulletin.type() == Type.CANCEL ? "cancelled" : "replaced", key));
        }
        return new Acted(List.copyOf(brought), answered.size(), List.copyOf(facts));
    }

    /** When the next part of it comes into force, of what concerns us. */
    private Optional<Instant> begins(Bulletin bulletin) {
        return bulletin.type() == Type.CANCEL
                ? Optional.empty()
                : bulletin.meanings().stream()
                        .filter(meaning ->
                                isOurs(meaning.hazard()) && !meaning.areas().isEmpty())
                        .filter(meaning -> meaning.until().isAfter(meaning.from()))
                        .map(Bulletin.Meaning::from)
                        .filter(at::isBefore)
                        .min(Instant::compareTo);
    }

    /** The time of a message that was heard before, or of a part of it, has come. */
    List<Fact> begin(String key) {
        var held = bulletins.find(key).filter(found -> found.endedAt().isEmpty());
        if (held.isEmpty()) {
            return List.of();
        }
        var heard = held.get().heard();
        var acted = act(key, heard.bulletin(), heard.by());
        var brought = new LinkedHashMap<String, Brought>();
        bulletins.stillHeld(held.get()).forEach(place -> brought.put(place.hazard() + '/' + place.area(), place));
        acted.brought().forEach(place -> brought.put(place.hazard() + '/' + place.area(), place));
        var facts = new ArrayList<Fact>();
        facts.add(new BulletinBegan(
                key,
                List.copyOf(brought.values()),
                brought.isEmpty() ? Optional.empty() : heard.bulletin().until(),
                begins(heard.bulletin())));
        facts.addAll(acted.facts());
        return facts;
    }

    /** Why it does not act at all. */
    private Optional<Verdict> refusal(Bulletin bulletin) {
        var exercise = room.settings().exercise();
        var acts = bulletin.status() == (exercise ? Status.EXERCISE : Status.ACTUAL);
        if (bulletin.type() == Type.ACK || bulletin.type() == Type.ERROR) {
            return Optional.of(Verdict.RECEIPT);
        }
        if (!acts) {
            return Optional.of(Verdict.NOT_ACTUAL);
        }
        if (!bulletin.trusted()) {
            return Optional.of(Verdict.UNTRUSTED);
        }
        if (bulletins.isReplaced(bulletin.id())) {
            return Optional.of(Verdict.REPLACED);
        }
        return bulletin.id().sent().isBefore(at.minus(MEMORY)) ? Optional.of(Verdict.EXPIRED) : Optional.empty();
    }

    private Verdict idle(Bulletin bulletin) {
        if (bulletin.type() == Type.CANCEL) {
            return Verdict.NOTHING_TO_DO;
        }
        var ours = bulletin.meanings().stream()
                .filter(meaning -> isOurs(meaning.hazard()) && !meaning.areas().isEmpty())
                .toList();
        if (ours.isEmpty()) {
            return Verdict.NOT_OURS;
        }
        return ours.stream().allMatch(meaning -> !meaning.until().isAfter(at))
                ? Verdict.EXPIRED
                : Verdict.NOTHING_TO_DO;
    }

    private boolean isOurs(String hazard) {
        return room.rules().knows(hazard);
    }

    private record Wanted(String hazard, String area, SignalColor color, String text) {}

    /** One colour for each place: the strongest that any part of the message says. */
    private Map<String, Wanted> wanted(Bulletin bulletin) {
        var wanted = new LinkedHashMap<String, Wanted>();
        for (var meaning : bulletin.meanings()) {
            for (var area : meaning.areas()) {
                if (isOurs(meaning.hazard())
                        && !meaning.from().isAfter(at)
                        && meaning.until().isAfter(at)
                        && room.roster().findArea(area).isPresent()
                        && !bulletins.isOutrun(bulletin.id(), meaning.hazard(), area)) {
                    wanted.merge(
                            meaning.hazard() + '/' + area,
                            new Wanted(meaning.hazard(), area, meaning.color(), meaning.text()),
                            (one, other) -> other.color().above(one.color()) ? other : one);
                }
            }
        }
        return wanted;
    }

    /** Empty when nothing is in force afterwards. The same colour confirms what somebody entered before. */
    private Optional<Brought> bring(Bulletin bulletin, String by, Wanted want, List<Fact> facts) {
        var before = warnings.inForce(want.hazard(), want.area());
        if (want.color() == SignalColor.NONE) {
            before.ifPresent(signal -> facts.addAll(signal(want, bulletin.senderName(), by)));
            return before.map(signal -> new Brought(want.hazard(), want.area(), SignalColor.NONE, ""));
        }
        if (before.filter(signal -> signal.issued().color() == want.color()).isPresent()) {
            return Optional.of(new Brought(
                    want.hazard(),
                    want.area(),
                    want.color(),
                    before.get().issued().signal()));
        }
        var follow = signal(want, bulletin.senderName(), by);
        facts.addAll(follow);
        return follow.stream()
                .filter(SignalIssued.class::isInstance)
                .map(SignalIssued.class::cast)
                .findFirst()
                .map(issued -> new Brought(want.hazard(), want.area(), want.color(), issued.signal()));
    }

    private List<Fact> signal(Wanted want, String source, String by) {
        return new Response(room, number, at)
                .signal(new Arrival.SignalReceived(
                        source, by, want.hazard(), want.area(), want.color(), want.text(), ""))
                .facts();
    }

    /** Ends what a message brought, unless somebody has put another signal in its place. */
    private List<Fact> lift(Brought place, String source, String by, String text) {
        return warnings.inForce(place.hazard(), place.area())
                .filter(signal -> signal.issued().signal().equals(place.signal()))
                .map(signal -> signal(new Wanted(place.hazard(), place.area(), SignalColor.NONE, text), source, by))
                .orElse(List.of());
    }

    /** Its time is over: what it brought is lifted. */
    List<Fact> due(String key) {
        var held = bulletins.find(key).filter(found -> found.endedAt().isEmpty());
        if (held.isEmpty()) {
            return List.of();
        }
        var facts = new ArrayList<Fact>();
        for (var place : bulletins.stillHeld(held.get())) {
            facts.addAll(lift(place, held.get().heard().bulletin().senderName(), "", ""));
        }
        facts.add(new BulletinEnded(key, "expired", ""));
        return facts;
    }
}
