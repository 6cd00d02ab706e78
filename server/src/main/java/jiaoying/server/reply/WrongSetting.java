package jiaoying.server.reply;

import java.io.IOException;
import jiaoying.duty.measure.Sentence;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A file of settings that cannot be used (设置有误), in the reader's language; the message of the exception is English. */
public final class WrongSetting extends IllegalArgumentException implements Said {
    private static final long serialVersionUID = 1L;

    private final transient Said said;

    private WrongSetting(Said said) {
        super(said.in(Texts.EN));
        this.said = said;
    }

    /**
     * @param key   where, as {@code brokers[0].url}
     * @param value what stands there; never a secret
     */
    public static WrongSetting of(Object file, String key, Object value, Sentence allowed) {
        return new WrongSetting(reader -> reader.say("setting.wrong", file, key, value, reader.say(allowed)));
    }

    public static WrongSetting unreadable(Object file, YamlEngineException why) {
        return new WrongSetting(reader ->
                reader.say("setting.unreadable", file + ParserWords.place(why), reader.say(ParserWords.yaml(why))));
    }

    public static WrongSetting unreadable(Object file, IOException why) {
        return new WrongSetting(
                reader -> reader.say("setting.no-file", file, why.getClass().getSimpleName()));
    }

    @Override
    public String in(Texts reader) {
        return said.in(reader);
    }
}
