package dev.upshift.metadata.internal;

import dev.upshift.metadata.DedicatedConnections;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/** Opens connections with the same address and credentials as the pool. */
@Component
class UnpooledConnections implements DedicatedConnections {

    private final JdbcConnectionDetails details;

    UnpooledConnections(JdbcConnectionDetails details) {
        this.details = details;
    }

    @Override
    public Connection open(String applicationName) {
        Properties properties = new Properties();
        setIfPresent(properties, "user", details.getUsername());
        setIfPresent(properties, "password", details.getPassword());
        properties.setProperty("ApplicationName", applicationName);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("socketTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty(
                "options",
                "-c tcp_keepalives_idle=1 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=2"
                        // keepalives say nothing while data is on its way
                        + " -c tcp_user_timeout=3000");
        try {
            return DriverManager.getConnection(details.getJdbcUrl(), properties);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The metadata database does not answer; check spring.datasource.url and that it runs", e);
        }
    }

    private static void setIfPresent(Properties properties, String key, @Nullable String value) {
        if (value != null) {
            properties.setProperty(key, value);
        }
    }
}
