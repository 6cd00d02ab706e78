package jiaoying.duty.document;

import java.math.BigDecimal;

/** A figure of a document with its unit, as it stands there. @param unit for example 亩, 家, 万元, %, 个百分点 */
public record Amount(String text, BigDecimal value, String unit, Demand.Span span) {}
