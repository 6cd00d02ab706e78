package jiaoying.server.pack;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jiaoying.duty.measure.Sentence;

/** Reads a pack from its files, or says everything that is wrong with it. */
public final class PackReader {
    private final PackFiles pack;
    private final Problems problems = new Problems();

    private PackReader(PackFiles pack) {
        this.pack = pack;
    }

    public static PackRead read(PackFiles pack) {
        return new PackReader(pack).read();
    }

    private PackRead read() {
        pack.files().keySet().stream()
                .filter(file -> !PackFiles.KNOWN.contains(file))
                .forEach(file -> problems.addUnknown(path(file), Optional.empty(), "file", file, PackFiles.KNOWN));
        var head = need("pack.yaml")
                .map(root -> HeadReader.read(root, pack.name()))
                .orElse(PackHead.UNREAD);
        var read = switch (head.kind()) {
            case HeadReader.CRITERIA -> criteria(head);
            case HeadReader.PLAN -> plan(head);
            case HeadReader.QUALITY -> quality(head);
            case HeadReader.RESPONSE -> response(head);
            case HeadReader.PROGRAMME -> programme(head);
            default -> Optional.<Pack>empty();
        };
        return problems.none() ? read.orElseThrow() : new PackRefused(problems.list());
    }

    private Optional<Pack> criteria(PackHead head) {
        return need("criteria.yaml")
                .map(root -> new Pack.CriteriaPack(head, pack.digest(), CriteriaReader.read(head, root)));
    }

    private Optional<Pack> response(PackHead head) {
        return need("response.yaml")
                .map(root -> new Pack.ResponsePack(head, pack.digest(), ResponseReader.read(head, root)));
    }

    private Optional<Pack> programme(PackHead head) {
        return need("programme.yaml")
                .map(root -> new Pack.ProgrammePack(head, pack.digest(), ProgrammeReader.read(head, root)));
    }

    private Optional<Pack> quality(PackHead head) {
        var texts = new TreeMap<String, Map<String, String>>();
        for (var language : TextsReader.LANGUAGES) {
            need("texts/" + language + ".yaml").ifPresent(root -> texts.put(language, QualityReader.texts(root)));
        }
        return need("quality.yaml")
                .map(root -> new Pack.QualityPack(head, pack.digest(), QualityReader.read(head, root), texts));
    }

    private Optional<Pack> plan(PackHead head) {
        var texts = new TreeMap<String, Map<String, String>>();
        need("texts/" + TextsReader.MASTER + ".yaml")
                .ifPresent(root -> texts.put(TextsReader.MASTER, TextsReader.read(root)));
        for (var language : others()) {
            texts.put(
                    language,
                    TextsReader.read(need("texts/" + language + ".yaml").orElseThrow()));
        }
        return need("plan.yaml")
                .map(root -> new Pack.PlanPack(head, pack.digest(), new TreeMap<>(PlanReader.read(head, root, texts))));
    }

    private List<String> others() {
        return TextsReader.LANGUAGES.stream()
                .filter(language -> !language.equals(TextsReader.MASTER))
                .filter(language -> pack.files().containsKey("texts/" + language + ".yaml"))
                .toList();
    }

    private Optional<PackNode> need(String file) {
        if (!pack.files().containsKey(file)) {
            problems.add(path(file), Optional.empty(), Sentence.of("no-file"), Sentence.of("the-file", file));
            return Optional.empty();
        }
        return Optional.of(YamlFile.read(path(file), requireNonNull(pack.files().get(file)), problems));
    }

    private String path(String file) {
        return pack.name() + "/" + file;
    }
}
