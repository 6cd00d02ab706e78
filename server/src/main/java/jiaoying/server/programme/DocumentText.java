package jiaoying.server.programme;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

/** The text of a document (文件正文): UTF-8 as it is, a PDF page by page in the order in which it was written. */
public final class DocumentText {
    private static final String PDF = "%PDF-";

    private DocumentText() {}

    /** Why a document gives no text. */
    public enum Fault {
        /** Neither a PDF nor UTF-8. */
        ENCODING,
        /** The PDF opens only with a password. */
        LOCKED,
        /** It begins as a PDF and is none. */
        BROKEN,
        /** Its pages are pictures without text. */
        PICTURES
    }

    /** A document that gives no text. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private final Fault fault;

        Unreadable(Fault fault) {
            super(fault.name());
            this.fault = fault;
        }

        public Fault fault() {
            return fault;
        }
    }

    /** Lines end with one line feed, whatever the document has. */
    public static String of(byte[] content) throws Unreadable {
        return pdf(content) ? textOfPdf(content) : textOf(content);
    }

    private static boolean pdf(byte[] content) {
        return content.length >= PDF.length()
                && new String(content, 0, PDF.length(), StandardCharsets.ISO_8859_1).equals(PDF);
    }

    private static String textOf(byte[] content) throws Unreadable {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Unreadable(Fault.ENCODING);
        }
    }

    private static String textOfPdf(byte[] content) throws Unreadable {
        try (var document = Loader.loadPDF(content)) {
            var stripper = new PDFTextStripper();
            stripper.setLineSeparator("\n");
            stripper.setPageEnd("\n");
            var text = stripper.getText(document);
            if (text.isBlank() && document.getNumberOfPages() > 0) {
                throw new Unreadable(Fault.PICTURES);
            }
            return text;
        } catch (InvalidPasswordException | NoClassDefFoundError e) {
            // ciphers by certificate need a library that the program does not carry
            throw new Unreadable(Fault.LOCKED);
        } catch (IOException | RuntimeException broken) {
            throw new Unreadable(Fault.BROKEN);
        }
    }
}
