package jiaoying.duty.warn;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jiaoying.duty.warn.Bulletin.Brought;
import jiaoying.duty.warn.Bulletin.Id;
import jiaoying.duty.warn.Bulletin.Verdict;
import jiaoying.duty.warn.BulletinFact.BulletinDisputed;
import jiaoying.duty.warn.BulletinFact.BulletinEnded;
import jiaoying.duty.warn.BulletinFact.BulletinHeard;

/**
 * Messages of other warning centres that a room has heard (外来预警): which are in force, and which were replaced, also before
 * they came. Order of arrival is not order of sending; what counts is {@code sent}.
 */
public final class Bulletins {
    private final Map<String, Held> byKey = new LinkedHashMap<>();
    private final Map<String, String> keyOfId = new TreeMap<>();
    /** Key of the message that replaced or withdrew one, by the identity of the latter, known or not. */
    private final Map<String, String> replaced = new TreeMap<>();
    /** Which message last decided a place. */
    private final Map<String, String> holder = new TreeMap<>();

    /**
     * @param began when it, or its last part that lay ahead, came into force; empty when nothing did
     * @param ended replaced, cancelled or expired; empty while it is in force or when it never acted
     */
    public record Held(
            BulletinHeard heard,
            Instant heardAt,
            Optional<Instant> began,
            String ended,
            Optional<Instant> endedAt,
            List<String> disputed) {
        boolean acts() {
            return (heard.verdict() == Verdict.ACTED || heard.verdict() == Verdict.WAITING) && endedAt.isEmpty();
        }

        /** The time of it, or of a part of it, has come. */
        private Held begin(Instant at, BulletinFact.BulletinBegan began) {
            var acted = new BulletinHeard(
                    heard.key(),
                    heard.bulletin(),
                    heard.by(),
                    Verdict.ACTED,
                    began.brought(),
                    began.ends(),
                    began.begins());
            return new Held(acted, heardAt, Optional.of(at), ended, endedAt, disputed);
        }
    }

    public Optional<Held> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    public Optional<Held> find(Id id) {
        return Optional.ofNullable(keyOfId.get(id.text())).map(byKey::get);
    }

    /** Whether a message heard before replaced or withdrew this one. */
    public boolean isReplaced(Id id) {
        return replaced.containsKey(id.text());
    }

    /** Messages in force that this one may replace or withdraw: those of its sender in its references, not later than it. */
    public List<Held> answered(Bulletin bulletin) {
        return bulletin.references().stream()
                .filter(id -> mayAnswer(bulletin, id))
                .map(this::find)
                .flatMap(Optional::stream)
                .filter(Held::acts)
                .toList();
    }

    private static boolean mayAnswer(Bulletin bulletin, Id id) {
        return id.sender().equals(bulletin.id().sender())
                && !id.sent().isAfter(bulletin.id().sent());
    }

    /** Whether a message of the same sender that was sent later has decided this place. */
    public boolean isOutrun(Id id, String hazard, String area) {
        return Optional.ofNullable(holder.get(hazard + '/' + area))
                .map(byKey::get)
                .map(held -> held.heard().bulletin().id())
                .filter(last -> last.sender().equals(id.sender()) && last.sent().isAfter(id.sent()))
                .isPresent();
    }

    /** What a message brought and no other has taken over. */
    public List<Brought> stillHeld(Held held) {
        return held.heard().brought().stream()
                .filter(place -> held.heard().key().equals(holder.get(place.place())))
                .toList();
    }

    /** Lets go of messages that were heard, and ended, before then. @return their keys */
    public List<String> forget(Instant before) {
        var gone = byKey.values().stream()
                .filter(held -> !held.acts()
                        && held.heardAt().isBefore(before)
                        && held.endedAt().map(before::isAfter).orElse(true))
                .toList();
        gone.forEach(this::forget);
        return gone.stream().map(held -> held.heard().key()).toList();
    }

    private void forget(Held held) {
        var key = held.heard().key();
        byKey.remove(key);
        keyOfId.remove(held.heard().bulletin().id().text(), key);
        replaced.values().removeIf(key::equals);
        holder.values().removeIf(key::equals);
    }

    public void apply(Instant at, BulletinFact fact) {
        switch (fact) {
            case BulletinHeard heard -> {
                byKey.put(heard.key(), new Held(heard, at, Optional.empty(), "", Optional.empty(), List.of()));
                keyOfId.put(heard.bulletin().id().text(), heard.key());
                hold(heard);
            }
            case BulletinFact.BulletinBegan began ->
                Optional.ofNullable(byKey.computeIfPresent(began.key(), (key, held) -> held.begin(at, began)))
                        .ifPresent(held -> hold(held.heard()));
            case BulletinEnded ended ->
                byKey.computeIfPresent(
                        ended.key(),
                        (key, held) -> new Held(
                                held.heard(),
                                held.heardAt(),
                                held.began(),
                                ended.how(),
                                Optional.of(at),
                                held.disputed()));
            case BulletinDisputed disputed ->
                byKey.computeIfPresent(disputed.key(), (key, held) -> {
                    var all = new ArrayList<>(held.disputed());
                    all.add(disputed.digest());
                    return new Held(
                            held.heard(), held.heardAt(), held.began(), held.ended(), held.endedAt(), List.copyOf(all));
                });
        }
    }

    private void hold(BulletinHeard heard) {
        var bulletin = heard.bulletin();
        heard.brought().forEach(place -> holder.put(place.place(), heard.key()));
        if (withdraws(heard)) {
            bulletin.references().stream()
                    .filter(id -> mayAnswer(bulletin, id))
                    .forEach(id -> replaced.put(id.text(), heard.key()));
        }
    }

    /**
     * Only a message that acts here replaces others; one of an exercise, or without the signature asked for, does not, and one
     * whose time has not come does not yet: until then the earlier ones hold.
     */
    private static boolean withdraws(BulletinHeard heard) {
        var type = heard.bulletin().type();
        return (type == Bulletin.Type.UPDATE || type == Bulletin.Type.CANCEL)
                && heard.verdict() != Verdict.WAITING
                && heard.verdict() != Verdict.NOT_ACTUAL
                && heard.verdict() != Verdict.UNTRUSTED;
    }
}
