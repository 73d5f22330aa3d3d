package dev.attache.monitoring;

import dev.attache.monitoring.MetricMath.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an expression of metric math, and evaluates it on the way. */
final class MetricMathParser {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(\\d+(?:\\.\\d+)?)|([a-z]\\w*)|([A-Z_]+)|(>=|<=|==|!=|&&|\\|\\||[-+*/()<>,\\[\\]]))");

    private final String expression;

    private final MetricMath math;

    private final List<String> tokens = new ArrayList<>();

    private int next;

    MetricMathParser(String expression, MetricMath math) {
        this.expression = expression;
        this.math = math;
        Matcher matcher = TOKEN.matcher(expression);
        int end = 0;
        while (end < expression.length() && matcher.find(end) && matcher.start() == end) {
            tokens.add(matcher.group().strip());
            end = matcher.end();
        }
        if (end != expression.length()) {
            throw invalid(end);
        }
    }

    Result parse() {
        Result value = logical();
        if (next != tokens.size()) {
            throw invalid(next);
        }
        return value;
    }

    private Result logical() {
        Result value = comparison();
        while (isNext("AND") || isNext("OR") || isNext("&&") || isNext("||")) {
            boolean and = isNext("AND") || isNext("&&");
            next++;
            value = math.logical(and, value, comparison());
        }
        return value;
    }

    private Result comparison() {
        Result value = sum();
        if (next < tokens.size() && tokens.get(next).matches("[<>]=?|==|!=")) {
            String operator = tokens.get(next++);
            return math.comparison(operator, value, sum());
        }
        return value;
    }

    private Result sum() {
        Result value = product();
        while (isNext("+") || isNext("-")) {
            char operator = tokens.get(next++).charAt(0);
            value = math.arithmetic(operator, value, product());
        }
        return value;
    }

    private Result product() {
        Result value = operand();
        while (isNext("*") || isNext("/")) {
            char operator = tokens.get(next++).charAt(0);
            value = math.arithmetic(operator, value, operand());
        }
        return value;
    }

    private Result operand() {
        if (next == tokens.size()) {
            throw invalid(next);
        }
        String token = tokens.get(next++);
        if (token.matches("\\d.*")) {
            return new MetricMath.Scalar(Double.parseDouble(token));
        }
        if (token.matches("[a-z].*")) {
            return math.metric(token);
        }
        if (token.matches("[A-Z].*")) {
            expect("(");
            return math.function(token, until(")"));
        }
        if (token.equals("[")) {
            return MetricMath.list(until("]"));
        }
        if (token.equals("(")) {
            Result value = logical();
            expect(")");
            return value;
        }
        throw invalid(next - 1);
    }

    private List<Result> until(String end) {
        List<Result> values = new ArrayList<>();
        values.add(logical());
        while (isNext(",")) {
            next++;
            values.add(logical());
        }
        expect(end);
        return values;
    }

    private boolean isNext(String token) {
        return next < tokens.size() && tokens.get(next).equals(token);
    }

    private void expect(String token) {
        if (!isNext(token)) {
            throw invalid(next);
        }
        next++;
    }

    private IllegalArgumentException invalid(int position) {
        return new IllegalArgumentException(expression + " is invalid at " + position);
    }
}
