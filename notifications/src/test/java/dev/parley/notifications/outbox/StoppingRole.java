package dev.parley.notifications.outbox;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.notifications.RunningRole;
import java.util.HashMap;
import java.util.Map;

/// The role in a process of its own, which can be killed.
///
/// `StoppingRole <JDBC URL> <user> <password> <step, or -> <times> <setting>=<value>...`
public final class StoppingRole {

    static final String STARTED = "started";

    private StoppingRole() {}

    public static void main(String[] args) throws InterruptedException {
        HikariDataSource database = new HikariDataSource();
        database.setJdbcUrl(args[0]);
        database.setUsername(args[1]);
        database.setPassword(args[2]);
        database.setMaximumPoolSize(8);
        Map<String, Object> settings = new HashMap<>();
        for (int i = 5; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            settings.put(args[i].substring(0, equals), args[i].substring(equals + 1));
        }
        RunningRole.start(database, null, settings, beans -> {
            if (!args[3].equals("-")) {
                var stopping = new StoppingBeans(Step.valueOf(args[3]), Integer.parseInt(args[4]));
                beans.getBeanFactory().addBeanPostProcessor(stopping);
            }
        });
        System.out.println(STARTED);
        System.out.flush();
        Thread.currentThread().join();
    }
}
