package jiaoying.server.pack;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import jiaoying.duty.measure.Sentence;
import jiaoying.server.reply.ParserWords;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * One YAML file of a pack as plain data. Tags, anchors and references are refused, so that a file can name no class, repeat
 * nothing behind the reader's back and grow no larger than it looks.
 */
public final class YamlFile {
    private static final int DEPTH_MAX = 20;
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setUseMarks(true)
            .setCodePointLimit(PackFiles.BYTES_MAX)
            .setAllowRecursiveKeys(false)
            .build();

    private final String file;
    private final Problems problems;
    private int depth;
    private int documents;
    private boolean composable = true;

    private YamlFile(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** The file's root, or a node of which nothing more is said when the file cannot be read at all. */
    public static PackNode read(String file, byte[] bytes, Problems problems) {
        return new PackNode(file, new YamlFile(file, problems).root(bytes), problems);
    }

    private Optional<Node> root(byte[] bytes) {
        if (bytes.length > PackFiles.BYTES_MAX) {
            problems.add(
                    file, Optional.empty(), Sentence.of("larger-file"), Sentence.of("bytes-most", PackFiles.BYTES_MAX));
            return Optional.empty();
        }
        try {
            return compose(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            problems.add(file, Optional.empty(), Sentence.of("not-utf8"), Sentence.of("utf8"));
        } catch (YamlEngineException e) {
            problems.add(file, ParserWords.mark(e), ParserWords.yaml(e), Sentence.of("yaml"));
        }
        return Optional.empty();
    }

    private Optional<Node> compose(String text) {
        for (var event : new Parse(SETTINGS).parseString(text)) {
            look(event);
            if (depth > DEPTH_MAX) {
                problems.add(file, event.getStartMark(), Sentence.of("deeper"), Sentence.of("levels-most", DEPTH_MAX));
                return Optional.empty();
            }
        }
        if (documents == 0) {
            problems.add(file, Optional.empty(), Sentence.of("empty-file"), Sentence.of("keys-values"));
        }
        return composable && documents == 1 ? new Compose(SETTINGS).composeString(text) : Optional.empty();
    }

    private void look(Event event) {
        switch (event) {
            case DocumentStartEvent start -> count(start);
            case AliasEvent alias -> {
                composable = false;
                refuse(alias, Sentence.of("reference", alias.getAlias()), Sentence.of("value-itself"));
            }
            case CollectionStartEvent start -> {
                depth++;
                plain(start, start.getTag());
            }
            case CollectionEndEvent end -> depth--;
            case ScalarEvent scalar -> plain(scalar, scalar.getTag());
            default -> {}
        }
    }

    private void count(DocumentStartEvent start) {
        documents++;
        if (documents == 2) {
            refuse(start, Sentence.of("second-document"), Sentence.of("one-document"));
        }
    }

    private void plain(NodeEvent event, Optional<String> tag) {
        tag.ifPresent(name -> refuse(event, Sentence.of("tag", name), Sentence.of("no-tags")));
        event.getAnchor().ifPresent(anchor -> refuse(event, Sentence.of("anchor", anchor), Sentence.of("no-anchors")));
    }

    private void refuse(Event event, Sentence found, Sentence expected) {
        problems.add(file, event.getStartMark(), found, expected);
    }
}
