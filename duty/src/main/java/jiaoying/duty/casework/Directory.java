package jiaoying.duty.casework;

import java.util.List;

/** Who holds which role of a programme, for which body (职责名册). */
public interface Directory {
    /** The body of a person, or empty. */
    String bodyOf(String person);

    boolean holds(String person, String programme, String role);

    /** Whether the register names a person as deputy for somebody's duty of this role (副职). */
    boolean deputizes(String person, String principal, String programme, String role);

    /** In the order of ids. @param body of this body only; empty: of any */
    List<String> holders(String programme, String role, String body);

    boolean knowsBody(String body);

    /** A court, procuratorate, CPPCC or enterprise: watched only, never carded or called. */
    boolean watchedOnly(String body);

    /** True when {@code area} is {@code whole} or lies below it. */
    boolean within(String area, String whole);

    /** By which ways a person can be reached: text, voice, mail. */
    boolean reachableBy(String person, String channel);
}
