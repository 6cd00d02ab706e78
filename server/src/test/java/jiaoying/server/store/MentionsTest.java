package jiaoying.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which entries belong to a trace. */
class MentionsTest {
    private static final Mentions WANTED = new Mentions(
            Map.of("item", Set.of("I1", "I\"2"), "persons", Set.of("P1"), "person", Set.of("P1"), "to", Set.of("P1")));

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            delimiter = '|',
            value = {
                "{'item':'I1'} | true",
                "{'item':'I10'} | false",
                "{'item':'I\\'2'} | true",
                "{'fact':{'item':'I1','by':{'person':'P9'}}} | true",
                "{'other':'I1'} | false",
                "{'text':'\\'item\\':\\'I1\\''} | false",
                "{'persons':['P0','P1']} | true",
                "{'persons':['P0'],'more':['P1']} | false",
                "{'persons':[{'id':'P1'}]} | false",
                "{'persons':[{'person':'P1'}]} | true",
                "{'to':null,'x':'P1'} | false",
                "{'to':7,'persons':[]} | false"
            })
    void one_value_of_one_field_is_enough_wherever_it_stands(String entry, boolean in) {
        assertThat(WANTED.in(entry.replace('\'', '"').getBytes(UTF_8))).isEqualTo(in);
    }
}
