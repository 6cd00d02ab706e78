package jiaoying.wire.cmpp;

import java.util.List;

/**
 * What a packet says. Texts are characters of one byte each (0 to 255) without 00 bytes, which pad them on the wire. What only
 * one version has is empty or 0 in the other.
 */
public sealed interface Body {
    /** Command_Id. */
    Command command();

    /**
     * SP asks to be let in (CMPP_CONNECT).
     *
     * @param sourceAddr    the account (SP_Id), at most 6
     * @param authenticator {@link Authenticator#ofClient}, 16 bytes
     * @param version       as one byte: main version in the high half
     * @param timestamp     MMDDhhmmss as a number
     */
    record Connect(String sourceAddr, Content authenticator, int version, long timestamp) implements Body {
        @Override
        public Command command() {
            return Command.CONNECT;
        }
    }

    /**
     * @param status 0 let in, 1 structure, 2 illegal source, 3 authentication, 4 version too high, 5 and more other errors
     * @param authenticator {@link Authenticator#ofServer}, 16 bytes
     */
    record ConnectResp(long status, Content authenticator, int version) implements Body {
        @Override
        public Command command() {
            return Command.CONNECT_RESP;
        }
    }

    record Terminate() implements Body {
        @Override
        public Command command() {
            return Command.TERMINATE;
        }
    }

    record TerminateResp() implements Body {
        @Override
        public Command command() {
            return Command.TERMINATE_RESP;
        }
    }

    /**
     * A text to up to 100 people (CMPP_SUBMIT).
     *
     * @param pkTotal            parts of the message, from 1
     * @param pkNumber           this part, from 1
     * @param registeredDelivery 1 asks for a status report
     * @param feeUserType        whom to charge: 0 destination, 1 source, 2 SP, 3 the number given
     * @param tpUdhi             1: the content begins with a user data header
     * @param msgFmt             {@link MsgFmt}
     * @param msgSrc             the account, at most 6
     * @param srcId              the number that the reader sees, at most 21
     * @param destTerminalIds    1 to 100 numbers
     * @param linkId             of a service on demand; only in 3.0, at most 20
     */
    record Submit(
            MsgId msgId,
            int pkTotal,
            int pkNumber,
            int registeredDelivery,
            int msgLevel,
            String serviceId,
            int feeUserType,
            String feeTerminalId,
            int feeTerminalType,
            int tpPid,
            int tpUdhi,
            int msgFmt,
            String msgSrc,
            String feeType,
            String feeCode,
            String validTime,
            String atTime,
            String srcId,
            List<String> destTerminalIds,
            int destTerminalType,
            Content content,
            String linkId)
            implements Body {
        public Submit {
            destTerminalIds = List.copyOf(destTerminalIds);
        }

        @Override
        public Command command() {
            return Command.SUBMIT;
        }

        /** Numbers and text stay out of logs. */
        @Override
        public String toString() {
            return "Submit[part " + pkNumber + " of " + pkTotal + ", " + content + "]";
        }
    }

    /** @param result {@link SubmitResult} */
    record SubmitResp(MsgId msgId, long result) implements Body {
        @Override
        public Command command() {
            return Command.SUBMIT_RESP;
        }
    }

    /**
     * A text of a person, or a status report (CMPP_DELIVER).
     *
     * @param destId             our number as the person wrote to it, with what is behind our own
     * @param registeredDelivery 1: the content is a {@link StatusReport}
     * @param linkId             only in 3.0, at most 20
     */
    record Deliver(
            MsgId msgId,
            String destId,
            String serviceId,
            int tpPid,
            int tpUdhi,
            int msgFmt,
            String srcTerminalId,
            int srcTerminalType,
            int registeredDelivery,
            Content content,
            String linkId)
            implements Body {
        @Override
        public Command command() {
            return Command.DELIVER;
        }

        public boolean isReport() {
            return registeredDelivery == 1;
        }

        /** Numbers and text stay out of logs. */
        @Override
        public String toString() {
            return "Deliver[" + (isReport() ? "report" : "text") + " " + msgId + ", " + content + "]";
        }
    }

    /** @param result 0 taken, 1 structure, 2 command, 3 repeated, 4 length, 5 and more other errors */
    record DeliverResp(MsgId msgId, long result) implements Body {
        @Override
        public Command command() {
            return Command.DELIVER_RESP;
        }
    }

    record ActiveTest() implements Body {
        @Override
        public Command command() {
            return Command.ACTIVE_TEST;
        }
    }

    record ActiveTestResp() implements Body {
        @Override
        public Command command() {
            return Command.ACTIVE_TEST_RESP;
        }
    }
}
