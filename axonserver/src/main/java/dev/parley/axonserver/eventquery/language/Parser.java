package dev.parley.axonserver.eventquery.language;

import dev.parley.axonserver.eventquery.language.Expression.Call;
import dev.parley.axonserver.eventquery.language.Expression.Column;
import dev.parley.axonserver.eventquery.language.Expression.Items;
import dev.parley.axonserver.eventquery.language.Expression.Name;
import dev.parley.axonserver.eventquery.language.Expression.Numeral;
import dev.parley.axonserver.eventquery.language.Expression.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads a query by precedence climbing. From the tightest:
///
/// ```
/// - +            before one expression
/// * / %
/// + -
/// contains in match ...     any function of two arguments between them
/// < <= > >=
/// = != <>
/// not
/// and
/// or
/// ```
///
/// Each operator may also stand before its arguments in parentheses, as a function does: `>(token, 5)`.
public final class Parser {

    private static final int OR = 1;
    private static final int AND = 2;
    private static final int NOT = 3;
    private static final int EQUALITY = 4;
    private static final int ORDER = 5;
    private static final int FUNCTION = 6;
    private static final int SUM = 7;
    private static final int PRODUCT = 8;
    private static final int SIGN = 9;

    private static final Set<String> PREFIX = Set.of("+", "-", "*", "/", "%", "<", "<=", ">", ">=", "=", "!=", "<>");

    private final List<Token> tokens;
    private final int maxDepth;
    private int next;
    private int depth;

    private Parser(List<Token> tokens, int maxDepth) {
        this.tokens = tokens;
        this.maxDepth = maxDepth;
    }

    /// @param maxDepth how deep parentheses, lists and operators may be nested
    /// @return its steps, at least one
    /// @throws QueryException if it is no query
    public static List<Step> parse(String query, int maxDepth) {
        Parser parser = new Parser(Lexer.tokens(query), maxDepth);
        List<Step> steps = new ArrayList<>();
        do {
            steps.add(parser.step());
        } while (parser.accept("|"));
        if (parser.peek().kind() != Token.Kind.END) {
            throw parser.unexpected("an operator, \"|\" or the end");
        }
        return steps;
    }

    private Step step() {
        Token last = peek();
        if (last.isWord("last") && !tokens.get(next + 1).is("(")) {
            next++;
            return timeWindow(last);
        }
        return new Step.Apply(column());
    }

    private Step timeWindow(Token last) {
        boolean negative = peek().is("-");
        if (negative || peek().is("+")) {
            next++;
        }
        Token amount = peek().kind() == Token.Kind.NUMBER ? take() : null;
        return TimeWindows.window(last, negative, amount, take());
    }

    private Column column() {
        Expression expression = expression(OR);
        if (!peek().isWord("as")) {
            return Column.of(expression);
        }
        next++;
        Token alias = take();
        if (alias.kind() != Token.Kind.WORD && alias.kind() != Token.Kind.TEXT) {
            throw new QueryException(alias.position(), "a name must follow \"as\", not " + alias.shown());
        }
        return new Column(expression, alias.text());
    }

    private Expression expression(int lowest) {
        if (++depth > maxDepth) {
            throw tooDeep(peek().position());
        }
        Expression left = operand();
        while (true) {
            Token operator = peek();
            int level = level(operator);
            if (level < lowest) {
                depth--;
                return left;
            }
            next++;
            left = join(operator, left, expression(level + 1));
        }
    }

    private Expression join(Token operator, Expression left, Expression right) {
        String name = operator.lower();
        if ((name.equals("and") || name.equals("or"))
                && left instanceof Call(String function, List<Column> arguments, int position, int ignored)
                && function.equals(name)) {
            List<Column> all = new ArrayList<>(arguments);
            all.add(Column.of(right));
            return call(name, all, position);
        }
        return call(name, List.of(Column.of(left), Column.of(right)), operator.position());
    }

    private static int level(Token token) {
        if (token.kind() == Token.Kind.WORD) {
            return switch (token.lower()) {
                case "or" -> OR;
                case "and" -> AND;
                case "as", "not" -> 0;
                default -> FUNCTION;
            };
        }
        return token.kind() != Token.Kind.SYMBOL
                ? 0
                : switch (token.text()) {
                    case "=", "!=", "<>" -> EQUALITY;
                    case "<", "<=", ">", ">=" -> ORDER;
                    case "+", "-" -> SUM;
                    case "*", "/", "%" -> PRODUCT;
                    default -> 0;
                };
    }

    private Expression operand() {
        Token token = take();
        boolean called = peek().is("(");
        return switch (token.kind()) {
            case TEXT -> new Text(token.text(), token.position());
            case NUMBER -> new Numeral(Numerals.parse(token), token.position());
            case WORD -> {
                if (token.isWord("not")) {
                    yield call("not", List.of(Column.of(expression(NOT + 1))), token.position());
                }
                yield called
                        ? call(token.lower(), arguments(), token.position())
                        : new Name(token.text(), token.position());
            }
            case SYMBOL -> symbol(token, called);
            case END -> throw new QueryException(token.position(), "the query ends where a value must be");
        };
    }

    private Expression symbol(Token token, boolean called) {
        if (token.is("(")) {
            Expression inner = expression(OR);
            expect(")");
            return inner;
        }
        if (token.is("[")) {
            List<Column> items = columns("]");
            return new Items(items, token.position(), deeper(items, token.position()));
        }
        boolean sign = token.is("-") || token.is("+");
        if (called && PREFIX.contains(token.text())) {
            List<Column> arguments = arguments();
            return sign && arguments.size() == 1
                    ? signed(token, arguments.getFirst().expression())
                    : call(token.text(), arguments, token.position());
        }
        if (sign) {
            return signed(token, expression(SIGN));
        }
        next--;
        throw unexpected("a value");
    }

    private Expression signed(Token sign, Expression operand) {
        if (sign.is("+")) {
            return operand;
        }
        return operand instanceof Numeral numeral
                ? new Numeral(numeral.value().negate(), sign.position())
                : call("negate", List.of(Column.of(operand)), sign.position());
    }

    private List<Column> arguments() {
        expect("(");
        return columns(")");
    }

    private List<Column> columns(String closing) {
        List<Column> columns = new ArrayList<>();
        if (!accept(closing)) {
            do {
                columns.add(column());
            } while (accept(","));
            expect(closing);
        }
        return columns;
    }

    private Call call(String function, List<Column> arguments, int position) {
        return new Call(function, List.copyOf(arguments), position, deeper(arguments, position));
    }

    private int deeper(List<Column> parts, int position) {
        int deepest = 0;
        for (Column part : parts) {
            deepest = Math.max(deepest, part.expression().depth());
        }
        if (deepest >= maxDepth) {
            throw tooDeep(position);
        }
        return deepest + 1;
    }

    private QueryException tooDeep(int position) {
        return new QueryException(position, "expressions may be nested " + maxDepth + " deep");
    }

    private boolean accept(String symbol) {
        boolean there = peek().is(symbol);
        if (there) {
            next++;
        }
        return there;
    }

    private void expect(String symbol) {
        if (!accept(symbol)) {
            throw unexpected("\"" + symbol + "\"");
        }
    }

    private QueryException unexpected(String expected) {
        return new QueryException(peek().position(), "here must be " + expected + ", not " + peek().shown());
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Token.Kind.END) {
            next++;
        }
        return token;
    }
}
