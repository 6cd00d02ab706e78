package jiaoying.server.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jiaoying.server.reply.ParserWords;
import jiaoying.sim.storm.Storm;
import jiaoying.sim.storm.StormFolder;
import jiaoying.sim.storm.StormUnreadable;
import jiaoying.sim.storm.Told;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a storm folder: its storm.yaml as YAML 1.2, the rest by {@link StormFolder}. */
public final class StormYaml {
    private static final LoadSettings STRICT = LoadSettings.builder()
            .setAllowDuplicateKeys(false)
            .setCodePointLimit(64 * 1024)
            .setMaxAliasesForCollections(0)
            .build();

    private StormYaml() {}

    /** @throws StormUnreadable with one message that names what is wrong and where */
    public static Storm read(Path folder) {
        return StormFolder.read(folder, keys(StormFolder.sheetOf(folder)));
    }

    private static Map<?, ?> keys(Path sheet) {
        try {
            if (new Load(STRICT).loadFromString(Files.readString(sheet)) instanceof Map<?, ?> keys) {
                return keys;
            }
            throw new StormUnreadable(Told.of("storm-sheet"));
        } catch (IOException e) {
            throw new StormUnreadable(Told.of("storm-unread", "storm.yaml", String.valueOf(e.getMessage())));
        } catch (YamlEngineException e) {
            var found = ParserWords.yaml(e);
            throw new StormUnreadable(Told.of(
                    "storm-yaml",
                    "storm.yaml" + ParserWords.place(e),
                    Told.of(found.code(), found.values().toArray())));
        }
    }
}
