package dev.parley.query.rebuild;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/// Connections on which some tables of `query_side` are those of another schema, so that the code that writes a
/// projection fills a generation of it without knowing. They take part in the caller's transaction, which may write
/// other tables of `query_side` as well.
final class RedirectedTables extends DelegatingDataSource {

    private final Pattern names;
    private final String replacement;

    /// @param tables without schema, lower-case words
    RedirectedTables(DataSource dataSource, List<String> tables, String schema) {
        super(new TransactionAwareDataSourceProxy(dataSource));
        this.names = Pattern.compile("\\bquery_side\\.(" + String.join("|", tables) + ")\\b");
        this.replacement = Matcher.quoteReplacement(schema) + ".$1";
    }

    String redirect(String sql) {
        return names.matcher(sql).replaceAll(replacement);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return redirecting(Connection.class, super.getConnection());
    }

    /// Statements are given their SQL when they are prepared or executed: always as the first argument.
    private <T> T redirecting(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (args != null && args.length > 0 && args[0] instanceof String sql && takesSql(method.getName())) {
                args[0] = redirect(sql);
            }
            try {
                Object result = method.invoke(target, args);
                return method.getName().equals("createStatement")
                        ? redirecting(java.sql.Statement.class, (java.sql.Statement) result)
                        : result;
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        }));
    }

    private static boolean takesSql(String method) {
        return method.startsWith("prepare") || method.startsWith("execute") || method.equals("addBatch");
    }
}
