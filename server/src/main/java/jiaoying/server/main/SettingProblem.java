package jiaoying.server.main;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What cannot be used in a file of settings (设置有误), said in the user's language.
 *
 * @param place   where, as {@code carriers[0].port}
 * @param value   what stands there; never a secret
 * @param allowed end of the key {@code settings.allowed.*} of the text that says what may stand there
 * @param values  that fill it
 */
record SettingProblem(String place, String value, String allowed, List<Object> values) {
    String said(Words words) {
        return words.say("settings.problem", place, value, words.say("settings.allowed." + allowed, values.toArray()));
    }

    /** All of one file. */
    record All(List<SettingProblem> problems) {
        String said(Words words) {
            return problems.stream().map(problem -> problem.said(words)).collect(Collectors.joining("\n"));
        }
    }
}
