package jiaoying.server.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jiaoying.sim.storm.Storm;
import jiaoying.sim.storm.StormFolder;
import jiaoying.sim.storm.StormUnreadable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
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
            throw new StormUnreadable("storm.yaml must hold keys and values, as name: harvey2017");
        } catch (IOException e) {
            throw new StormUnreadable("storm.yaml cannot be read (%s); save it as UTF-8".formatted(e.getMessage()));
        } catch (MarkedYamlEngineException e) {
            var place = e.getProblemMark()
                    .map(mark -> " line %d, column %d".formatted(mark.getLine() + 1, mark.getColumn() + 1))
                    .orElse("");
            throw new StormUnreadable("storm.yaml%s: %s; correct the file".formatted(place, e.getProblem()));
        } catch (YamlEngineException e) {
            throw new StormUnreadable("storm.yaml: %s; correct the file".formatted(e.getMessage()));
        }
    }
}
