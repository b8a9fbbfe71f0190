package dev.parley.axonserver.eventquery;

import dev.parley.axonserver.eventquery.language.Expression;
import dev.parley.axonserver.eventquery.language.QueryException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpression;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// `xpath`: looks up values in XML, as the JDK does. What is no XML gives nothing; neither does XML with a document
/// type, which could name files of this machine.
///
/// A path cannot be stopped while it is looked up. Those that go through the whole document more than twice are
/// refused, and large documents too.
final class XPaths {

    private static final int MAX_SCANS = 2;
    private static final int MAX_PREDICATES = 2;
    private static final int MAX_CHARACTERS = 256 * 1024;
    private static final int MAX_ELEMENTS = 5_000;

    /// What reaches many nodes from one.
    private static final Pattern SCAN =
            Pattern.compile("//|\\.\\.|descendant|ancestor|following|preceding|parent\\s*+::");

    /// A predicate in a predicate.
    private static final Pattern NESTED = Pattern.compile("\\[[^\\[\\]]*+\\[");

    private final XPathExpression path;
    private final QName result;
    private final int position;
    private final DocumentBuilder documents;
    private final Transformer writer;

    private XPaths(String path, QName result, int position) throws XPathExpressionException {
        this.path = XPathFactory.newDefaultInstance().newXPath().compile(path);
        this.result = result;
        this.position = position;
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute("jdk.xml.maxElementDepth", "100");
            documents = factory.newDocumentBuilder();
            documents.setErrorHandler(new DefaultHandler());
            writer = TransformerFactory.newDefaultInstance().newTransformer();
            writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        } catch (ParserConfigurationException | TransformerException e) {
            throw new IllegalStateException("This JDK has no XML parser that is safe to use", e);
        }
    }

    /// @param kind what it gives: NODESET, NODE, STRING or NUMBER in any case; empty for STRING
    static Eval compile(Eval document, String text, Expression where, String kind) {
        refuseCostly(text, where.position());
        QName result = switch (kind.toUpperCase(Locale.ROOT)) {
            case "", "STRING" -> XPathConstants.STRING;
            case "NUMBER" -> XPathConstants.NUMBER;
            case "NODE" -> XPathConstants.NODE;
            case "NODESET" -> XPathConstants.NODESET;
            default ->
                throw new QueryException(where.position(), "the result of xpath is a NODESET, NODE, STRING or NUMBER");
        };
        try {
            XPaths xpath = new XPaths(text, result, where.position());
            return row -> {
                Value xml = document.of(row);
                return xml instanceof Value.Nothing ? xml : xpath.read(xml.text());
            };
        } catch (XPathExpressionException e) {
            throw new QueryException(where.position(), "this is no XPath: " + reason(e));
        } catch (StackOverflowError e) {
            throw new QueryException(where.position(), "this XPath is nested too deep");
        }
    }

    private Value read(String xml) {
        if (xml.length() > MAX_CHARACTERS && xml.stripLeading().startsWith("<")) {
            throw tooLarge();
        }
        Document document = parse(xml);
        if (document == null) {
            return Value.NOTHING;
        }
        if (document.getElementsByTagName("*").getLength() > MAX_ELEMENTS) {
            throw tooLarge();
        }
        try {
            return value(path.evaluate(document, result));
        } catch (XPathExpressionException e) {
            throw new QueryException(position, "this XPath cannot be computed: " + reason(e));
        }
    }

    private QueryException tooLarge() {
        return new QueryException(
                position,
                "xpath takes XML of at most " + MAX_CHARACTERS + " characters and " + MAX_ELEMENTS
                        + " elements, and one of the events has more; filter it out before");
    }

    private @Nullable Document parse(String xml) {
        if (!xml.stripLeading().startsWith("<")) {
            return null;
        }
        try {
            return documents.parse(new InputSource(new StringReader(xml)));
        } catch (SAXException | IOException e) {
            return null;
        }
    }

    private Value value(@Nullable Object found) {
        return switch (found) {
            case null -> Value.NOTHING;
            case String text -> new Value.Text(text);
            case Double number -> EventFields.number(number);
            case Element element -> new Value.Text(written(element));
            case Node node -> new Value.Text(node.getTextContent());
            case NodeList nodes -> {
                List<Value> items = new ArrayList<>();
                for (int i = 0; i < nodes.getLength(); i++) {
                    items.add(value(nodes.item(i)));
                }
                yield new Value.Items(items);
            }
            default -> Value.NOTHING;
        };
    }

    private String written(Element element) {
        StringWriter text = new StringWriter();
        try {
            writer.transform(new DOMSource(element), new StreamResult(text));
        } catch (TransformerException e) {
            throw new QueryException(position, "an element cannot be written: " + e.getMessage());
        }
        return text.toString();
    }

    private static void refuseCostly(String path, int position) {
        long scans = SCAN.matcher(path).results().count();
        long predicates = path.chars().filter(character -> character == '[').count();
        if (scans > MAX_SCANS
                || predicates > MAX_PREDICATES
                || NESTED.matcher(path).find()) {
            throw new QueryException(
                    position,
                    "an XPath may have " + MAX_SCANS + " \"//\", \"..\" or long axes and " + MAX_PREDICATES
                            + " predicates, which are not nested");
        }
    }

    private static String reason(XPathExpressionException e) {
        Throwable cause = e.getCause();
        return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
    }
}
