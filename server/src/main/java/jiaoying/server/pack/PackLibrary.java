package jiaoying.server.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jiaoying.duty.measure.Nearest;
import jiaoying.duty.measure.Sentence;
import jiaoying.duty.monitor.Criteria;
import jiaoying.duty.monitor.RainCriteria;
import jiaoying.duty.programme.Programme;
import jiaoying.duty.respond.ResponsePlan;
import jiaoying.duty.room.Rules;
import jiaoying.server.reply.Said;

/** The packs that a room can choose from: those inside the program, or those in a folder of packs. */
public final class PackLibrary {
    /** The criteria of a room that was not told to use others. */
    public static final String USUAL_CRITERIA = "rainstorm-cma16";

    /** The plan of a room that was not told to use another. */
    public static final String USUAL_PLAN = "call-and-answer";

    /** Names of the packs inside the program. */
    public static final List<String> INSIDE = List.of(
            "call-and-answer",
            "call-four-levels",
            "gauge-quality",
            "hazards",
            "inefficient-land",
            "meeting-tasks",
            "rainstorm-cma16",
            "rainstorm-shanghai-old",
            "response-example",
            "water-level",
            "waterlogging");

    /** The programmes that every room carries. */
    public static final List<String> PROGRAMMES = List.of("hazards", "inefficient-land", "meeting-tasks");

    /** The criteria of the other hazards; the name of such a pack is that of its hazard. */
    private static final List<String> OTHERS = List.of("water-level", "waterlogging");

    private static final String QUALITY = "gauge-quality";

    private final Optional<Path> folder;

    private PackLibrary(Optional<Path> folder) {
        this.folder = folder;
    }

    public static PackLibrary inside() {
        return new PackLibrary(Optional.empty());
    }

    public static PackLibrary of(Path folder) {
        return new PackLibrary(Optional.of(folder));
    }

    public List<String> names() throws IOException {
        if (folder.isEmpty()) {
            return INSIDE;
        }
        try (var entries = Files.list(folder.get())) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve("pack.yaml")))
                    .map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    public Pack get(String name) throws PackException, IOException {
        if (!names().contains(name)) {
            throw new PackException(List.of(absent(name)));
        }
        var files = folder.isEmpty()
                ? PackFiles.inside(name).orElseThrow()
                : PackFiles.onDisk(folder.get().resolve(name));
        return switch (PackReader.read(files)) {
            case Pack pack -> pack;
            case PackRefused refused -> throw new PackException(List.of(refused));
        };
    }

    /**
     * The rules by which a room decides, from one pack of rainstorm criteria and one plan, with the usual criteria of
     * the other hazards and the usual quality control; the message names the faults of all that are faulty.
     */
    public Rules rules(String criteria, String plan, String language) throws PackException, IOException {
        var faults = new ArrayList<Said>();
        var first = find(criteria, Pack.CriteriaPack.class, faults);
        var second = find(plan, Pack.PlanPack.class, faults);
        first.filter(pack -> !(pack.criteria() instanceof RainCriteria))
                .ifPresent(pack -> faults.add(said(
                        Sentence.of("pack-hazard", criteria, pack.criteria().hazard()))));
        var all = new ArrayList<Criteria>();
        first.ifPresent(pack -> all.add(pack.criteria()));
        for (var other : OTHERS) {
            usual(other).find(other, Pack.CriteriaPack.class, faults).ifPresent(pack -> all.add(pack.criteria()));
        }
        var quality = usual(QUALITY).find(QUALITY, Pack.QualityPack.class, faults);
        if (!faults.isEmpty()) {
            throw new PackException(faults);
        }
        return new Rules(
                List.copyOf(all),
                quality.orElseThrow().quality(),
                second.orElseThrow().plan(language));
    }

    /** A programme. */
    public Programme programme(String name) throws PackException, IOException {
        var faults = new ArrayList<Said>();
        var pack = find(name, Pack.ProgrammePack.class, faults);
        if (!faults.isEmpty()) {
            throw new PackException(faults);
        }
        return pack.orElseThrow().programme();
    }

    /** The programme of one pack's folder. */
    public static Programme programmeIn(Path folder) throws PackException, IOException {
        return switch (PackReader.read(PackFiles.onDisk(folder))) {
            case Pack.ProgrammePack pack -> pack.programme();
            case Pack other ->
                throw new PackException(List.of(said(Sentence.of(
                        "pack-kind", other.head().name(), other.head().kind(), HeadReader.PROGRAMME))));
            case PackRefused refused -> throw new PackException(List.of(refused));
        };
    }

    /** A plan of calls. */
    public Pack.PlanPack plan(String name) throws PackException, IOException {
        var faults = new ArrayList<Said>();
        var pack = find(name, Pack.PlanPack.class, faults);
        if (!faults.isEmpty()) {
            throw new PackException(faults);
        }
        return pack.orElseThrow();
    }

    /** The plan of calls in one pack's folder. */
    public static Pack.PlanPack planIn(Path folder) throws PackException, IOException {
        return switch (PackReader.read(PackFiles.onDisk(folder))) {
            case Pack.PlanPack pack -> pack;
            case Pack other ->
                throw new PackException(List.of(said(Sentence.of(
                        "pack-kind", other.head().name(), other.head().kind(), HeadReader.PLAN))));
            case PackRefused refused -> throw new PackException(List.of(refused));
        };
    }

    /** A plan of responses. */
    public ResponsePlan response(String name) throws PackException, IOException {
        var faults = new ArrayList<Said>();
        var pack = find(name, Pack.ResponsePack.class, faults);
        if (!faults.isEmpty()) {
            throw new PackException(faults);
        }
        return pack.orElseThrow().plan();
    }

    /** A folder may leave out what every room has: then it comes from inside the program. */
    private PackLibrary usual(String name) throws IOException {
        return names().contains(name) ? this : inside();
    }

    private <P extends Pack> Optional<P> find(String name, Class<P> kind, List<Said> faults) throws IOException {
        try {
            var pack = get(name);
            if (kind.isInstance(pack)) {
                return Optional.of(kind.cast(pack));
            }
            faults.add(said(Sentence.of("pack-kind", name, pack.head().kind(), word(kind))));
        } catch (PackException e) {
            faults.addAll(e.faults());
        }
        return Optional.empty();
    }

    private static String word(Class<? extends Pack> kind) {
        return kind == Pack.PlanPack.class
                ? HeadReader.PLAN
                : kind == Pack.QualityPack.class
                        ? HeadReader.QUALITY
                        : kind == Pack.ResponsePack.class
                                ? HeadReader.RESPONSE
                                : kind == Pack.ProgrammePack.class ? HeadReader.PROGRAMME : HeadReader.CRITERIA;
    }

    private static Said said(Sentence sentence) {
        return reader -> reader.say(sentence);
    }

    private Said absent(String name) throws IOException {
        var names = names();
        var there = String.join(", ", names);
        var near = Nearest.find(name, names);
        var absent = folder.map(path -> Sentence.of("no-pack-in", name, path, there))
                .orElseGet(() -> Sentence.of("no-pack", name, there));
        return reader -> reader.say(absent)
                + near.map(word -> reader.say("pack.nearest", word)).orElse("");
    }
}
