package jiaoying.duty.casework;

/** Leaves a decision at the first thing that is not allowed; caught where the decision began. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient CaseAnswer.Refused answer;

    Refused(No why, String value, String allowed) {
        super(why.name(), null, false, false);
        answer = new CaseAnswer.Refused(why, value, allowed);
    }

    Refused(No why, String value) {
        this(why, value, "");
    }

    CaseAnswer.Refused answer() {
        return answer;
    }
}
