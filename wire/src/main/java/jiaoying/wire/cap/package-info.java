/**
 * Warnings in the Common Alerting Protocol (通用警报协议), CAP 1.2, OASIS 2010, also ITU-T X.1303 bis.
 *
 * <p>{@link Cap#read} names everything that breaks the standard. What is clear all the same is understood, with notes; what
 * could mean something else is refused. {@link Cap#write} says only what is right. {@link CapSignature} checks and makes XML
 * signatures.
 *
 * <p>Names are those of the standard; clauses are those of its section 3.2.
 */
@NullMarked
package jiaoying.wire.cap;

import org.jspecify.annotations.NullMarked;
