package dev.upshift.postgres.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkRefusalTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            could not connect to the publisher: FATAL:  password authentication failed for user "x"      | password
            could not connect to the publisher: FATAL:  no pg_hba.conf entry for replication connection  | pg_hba.conf
            could not connect to the publisher: FATAL:  database "nope" does not exist                   | name
            could not connect to the publisher: could not translate host name "h" to address             | peer host
            could not connect to the publisher: Connection refused                                       | listen_addresses
            could not connect to the publisher: timeout expired                                          | firewall
            could not connect to the publisher: FATAL:  must be superuser or replication role to start walsender | REPLICATION
            could not connect to the publisher: FATAL:  permission denied to start WAL sender            | REPLICATION
            must be superuser to create subscriptions                                                    | Below version 16
            permission denied to create subscription                                                     | pg_create_subscription
            could not create replication slot "s": ERROR:  logical decoding requires "wal_level" >= "logical" | wal_level = logical
            something that nobody has seen                                                               | log
            """)
    void offersARemedy(String reason, String remedy) {
        LinkRefusal refusal = LinkRefusal.of(new SQLException("ERROR: " + reason, "08006"));

        assertThat(refusal.remedy()).contains(remedy);
        assertThat(refusal.reason()).startsWith(reason.substring(0, 20)).doesNotStartWith("ERROR");
    }

    @Test
    void putsTheServersWordsOnOneLine() {
        assertThat(LinkRefusal.of(new SQLException("refused\n\tIs the server running?\n", "08006"))
                        .reason())
                .isEqualTo("refused Is the server running?");
    }

    @Test
    void surviveAFailureWithoutWords() {
        assertThat(LinkRefusal.of(new SQLException(null, "08006")).reason()).isEqualTo("no reason given");
    }
}
