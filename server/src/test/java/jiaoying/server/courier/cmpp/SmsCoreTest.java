package jiaoying.server.courier.cmpp;

import static org.assertj.core.api.Assertions.assertThat;

import com.zx.sms.codec.cmpp.msg.CmppDeliverRequestMessage;
import com.zx.sms.codec.cmpp.msg.CmppDeliverResponseMessage;
import com.zx.sms.codec.cmpp.msg.CmppReportRequestMessage;
import com.zx.sms.codec.cmpp.msg.CmppSubmitRequestMessage;
import com.zx.sms.codec.cmpp.msg.CmppSubmitResponseMessage;
import com.zx.sms.common.util.MsgId;
import com.zx.sms.connect.manager.EndpointEntity.ChannelType;
import com.zx.sms.connect.manager.EndpointEntity.SupportLongMessage;
import com.zx.sms.connect.manager.EndpointManager;
import com.zx.sms.connect.manager.cmpp.CMPPServerChildEndpointEntity;
import com.zx.sms.connect.manager.cmpp.CMPPServerEndpointEntity;
import com.zx.sms.handler.api.AbstractBusinessHandler;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import jiaoying.server.FreePort;
import jiaoying.wire.cmpp.Version;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a gateway that others wrote: sms-core, which many providers of texts use. It is the judge of our bytes. */
class SmsCoreTest {
    /** Joins the parts, answers each, reports each, and writes back as the person. */
    static final class Office extends AbstractBusinessHandler {
        final BlockingQueue<CmppSubmitRequestMessage> texts = new LinkedBlockingQueue<>();
        final BlockingQueue<CmppDeliverResponseMessage> answers = new LinkedBlockingQueue<>();

        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        public AbstractBusinessHandler clone() {
            return this;
        }

        @Override
        public String name() {
            return "office";
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            switch (message) {
                case CmppSubmitRequestMessage text -> {
                    take(context, text);
                    if (text.getFragments() != null) {
                        text.getFragments().forEach(part -> take(context, part));
                    }
                    reply(context, text);
                    texts.add(text);
                }
                case CmppDeliverResponseMessage answer -> answers.add(answer);
                default -> context.fireChannelRead(message);
            }
        }

        private void take(ChannelHandlerContext context, CmppSubmitRequestMessage text) {
            var answer = new CmppSubmitResponseMessage(text.getHeader());
            answer.setMsgId(new MsgId());
            answer.setResult(0);
            var report = new CmppReportRequestMessage();
            report.setMsgId(answer.getMsgId());
            report.setStat("DELIVRD");
            report.setDestterminalId(text.getDestterminalId()[0]);
            report.setSubmitTime("2606010800");
            report.setDoneTime("2606010801");
            var deliver = new CmppDeliverRequestMessage();
            deliver.setDestId(text.getSrcId());
            deliver.setSrcterminalId(text.getDestterminalId()[0]);
            deliver.setReportRequestMessage(report);
            context.channel().writeAndFlush(answer);
            context.channel().writeAndFlush(deliver);
        }

        private static void reply(ChannelHandlerContext context, CmppSubmitRequestMessage text) {
            var reply = new CmppDeliverRequestMessage();
            reply.setDestId(text.getSrcId());
            reply.setSrcterminalId(text.getDestterminalId()[0]);
            reply.setMsgContent("收到");
            context.channel().writeAndFlush(reply);
        }
    }

    private static CMPPServerEndpointEntity gateway(int port, Version version, Office office) {
        var server = new CMPPServerEndpointEntity();
        server.setId("server-" + version);
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.setValid(true);
        server.setUseSSL(false);
        var account = new CMPPServerChildEndpointEntity();
        account.setId("account-" + version);
        account.setValid(true);
        account.setGroupName("test");
        account.setUserName(ScriptedGateway.ACCOUNT);
        account.setPassword(ScriptedGateway.SECRET);
        account.setChannelType(ChannelType.DUPLEX);
        account.setVersion((short) version.code());
        account.setMaxChannels((short) 4);
        account.setRetryWaitTimeSec((short) 30);
        account.setMaxRetryCnt((short) 3);
        account.setReSendFailMsg(false);
        account.setSupportLongmsg(SupportLongMessage.BOTH);
        account.setBusinessHandlerSet(new java.util.ArrayList<>(List.of(office)));
        server.addchild(account);
        return server;
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void it_reads_our_text_and_we_read_its_answers_reports_and_the_reply(Version version) throws Exception {
        var office = new Office();
        int port = FreePort.find();
        var server = gateway(port, version, office);
        EndpointManager.INS.openEndpoint(server);
        try (var room = new TextRoom(TextRoom.gateway(port, version, ScriptedGateway.SECRET), Duration.ofSeconds(2))) {
            while (room.carrier.trouble().isPresent()) {
                Thread.onSpinWait();
            }
            room.call("T0");
            var text = ScriptedGateway.next(office.texts);
            assertThat(text.getMsgContent()).startsWith("【平湖防汛】镇0red").endsWith(" 或回复1");
            assertThat(text.getDestterminalId()).containsExactly("+86" + TextRoom.PHONE);
            assertThat(text.getMsgsrc()).isEqualTo(ScriptedGateway.ACCOUNT);
            assertThat(text.getServiceId()).isEqualTo("FLOOD");
            for (var deliveries = 0; deliveries < 3; deliveries++) {
                assertThat(ScriptedGateway.next(office.answers).getResult()).isZero();
            }
            assertThat(room.told()).contains("SUBMITTED | ", "DELIVERED | ", "CONFIRMED | 收到", "ANSWERED | P0");
        } finally {
            EndpointManager.INS.close(server);
            EndpointManager.INS.remove(server.getId());
        }
    }
}
