package jiaoying.duty.programme;

/** The bodies that an item is given when whoever assigns it names none. @param town as the items have it; empty: all others */
public record Usual(String kind, String town, String lead, String supervising) {}
