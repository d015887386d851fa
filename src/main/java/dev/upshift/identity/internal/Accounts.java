package dev.upshift.identity.internal;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All accounts of this installation. */
@Repository
class Accounts {

    private final JdbcClient database;
    private final Clock clock;

    Accounts(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Optional<Account> byName(String name) {
        return database.sql("select id, name, password_hash from account where name = :name")
                .param("name", name)
                .query(Account.class)
                .optional();
    }

    /** @return false if another control plane was faster */
    boolean add(String name, String passwordHash) {
        return database.sql("""
                        insert into account (name, password_hash, created_at, password_changed_at)
                        values (:name, :hash, :now, :now)
                        on conflict (name) do nothing""")
                        .param("name", name)
                        .param("hash", passwordHash)
                        .param("now", now())
                        .update()
                == 1;
    }

    void changePassword(String name, String passwordHash) {
        database.sql("update account set password_hash = :hash, password_changed_at = :now where name = :name")
                .param("name", name)
                .param("hash", passwordHash)
                .param("now", now())
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
