package jiaoying.duty.casework;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.casework.CaseFact.Proof;
import jiaoying.duty.programme.CoreState;
import jiaoying.duty.programme.Kind;

/** Whether what is shown proves what it should (证据). */
final class Evidences {
    private static final double EARTH_M = 6_371_008.8;

    private final Item item;
    private final Instant at;

    Evidences(Item item, Instant at) {
        this.item = item;
        this.at = at;
    }

    /** Each proof by itself. */
    void look(List<Proof> proofs) {
        for (var proof : proofs) {
            var need = item.kind()
                    .findEvidence(proof.need())
                    .orElseThrow(() -> new Refused(
                            No.BAD_EVIDENCE,
                            proof.need(),
                            String.join(
                                    ", ",
                                    item.kind().evidence().stream()
                                            .map(Kind.Evidence::id)
                                            .toList())));
            if (!proof.sha256().matches("[0-9a-f]{64}")) {
                throw new Refused(No.BAD_EVIDENCE, proof.sha256(), "sha-256");
            }
            if (proof.takenAt().isAfter(at)) {
                throw new Refused(No.BAD_EVIDENCE, proof.takenAt().toString(), "<= " + at);
            }
            after(need, proof);
            near(need, proof);
            fresh(proof, proofs);
        }
    }

    private void after(Kind.Evidence need, Proof proof) {
        moment(item.field(need.afterField()))
                .filter(first -> proof.takenAt().isBefore(first))
                .ifPresent(first -> {
                    throw new Refused(No.BAD_EVIDENCE, proof.takenAt().toString(), ">= " + first);
                });
    }

    static Optional<Instant> moment(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private void near(Kind.Evidence need, Proof proof) {
        var place = item.fields().entrySet().stream()
                .filter(entry -> item.kind()
                        .findField(entry.getKey())
                        .filter(field -> field.type() == jiaoying.duty.programme.Field.Type.PLACE)
                        .isPresent())
                .map(java.util.Map.Entry::getValue)
                .filter(text -> !text.isEmpty())
                .findFirst();
        if (need.nearM() == 0 || place.isEmpty()) {
            return;
        }
        var metres = point(proof.place()).flatMap(a -> point(place.get()).map(b -> distance_m(a, b)));
        if (metres.isEmpty() || metres.get() > need.nearM()) {
            throw new Refused(No.BAD_EVIDENCE, proof.place(), "<= " + need.nearM() + " m");
        }
    }

    /** Longitude and latitude in degrees. */
    private static Optional<double[]> point(String text) {
        var match = java.util.regex.Pattern.compile("(-?\\d{1,3}(?:\\.\\d{1,10})?),(-?\\d{1,2}(?:\\.\\d{1,10})?)")
                .matcher(text);
        return match.matches()
                ? Optional.of(new double[] {Double.parseDouble(match.group(1)), Double.parseDouble(match.group(2))})
                : Optional.empty();
    }

    /** Great circle on a sphere. */
    private static double distance_m(double[] a, double[] b) {
        var lat1 = StrictMath.toRadians(a[1]);
        var lat2 = StrictMath.toRadians(b[1]);
        var half = StrictMath.sin((lat2 - lat1) / 2);
        var turn = StrictMath.sin(StrictMath.toRadians(b[0] - a[0]) / 2);
        var h = half * half + StrictMath.cos(lat1) * StrictMath.cos(lat2) * turn * turn;
        return 2 * EARTH_M * StrictMath.asin(StrictMath.min(1, StrictMath.sqrt(h)));
    }

    /** The same file does not prove two things, nor the same thing again after it was sent back. */
    private void fresh(Proof proof, List<Proof> together) {
        var again = item.rework() > 0 ? item.indexOfLast(CoreState.IN_HAND) : -1;
        var used = item.proofs().stream()
                        .filter(kept -> kept.proof().sha256().equals(proof.sha256()))
                        .anyMatch(kept -> !kept.proof().need().equals(proof.need()) || kept.steps() <= again)
                || together.stream()
                        .anyMatch(other -> other.sha256().equals(proof.sha256())
                                && !other.need().equals(proof.need()));
        if (used) {
            throw new Refused(No.BAD_EVIDENCE, proof.sha256(), "1");
        }
    }

    /** What a step needs is there; what is reported back or closed has something new. */
    void need(Kind.Move move, List<Proof> now) {
        var to = item.kind().stage(move.to()).core();
        var since = switch (to) {
            case SUBMITTED -> item.indexOfLast(CoreState.IN_HAND);
            case CLOSED -> item.indexOfLast(CoreState.VERIFYING);
            default -> -1;
        };
        var fresh = now.size();
        for (var id : move.evidence()) {
            var need = item.kind().findEvidence(id).orElseThrow();
            var strict = to == CoreState.CLOSED || !need.afterField().isEmpty() && item.rework() > 0;
            var kept = new ArrayList<Item.Kept>();
            for (var one : item.proofs()) {
                var recent = one.steps() > since;
                if (one.proof().need().equals(id) && (recent || !strict)) {
                    kept.add(one);
                    fresh += recent ? 1 : 0;
                }
            }
            var have = kept.size()
                    + now.stream().filter(proof -> proof.need().equals(id)).count();
            if (have < need.least()) {
                throw new Refused(No.MISSING_EVIDENCE, id, have + " / " + need.least());
            }
        }
        if (to == CoreState.SUBMITTED && item.kind().loop() && fresh == 0) {
            throw new Refused(No.MISSING_EVIDENCE, move.id(), String.join(", ", move.evidence()));
        }
    }
}
