package dev.upshift.records.internal;

import dev.upshift.postgres.link.SlotObservation;
import dev.upshift.records.SlotContinuity;
import dev.upshift.records.SlotContinuity.Doubt;
import dev.upshift.shared.Lsn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the last look at each slot in the metadata database. Looks may come from several control planes at once. */
@Repository
class StoredSlotContinuity implements SlotContinuity {

    private static final Logger log = LoggerFactory.getLogger(StoredSlotContinuity.class);

    private final JdbcClient jdbc;
    private final Clock clock;

    StoredSlotContinuity(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void begins(long project, String slot) {
        jdbc.sql("""
                insert into known_slot (project, slot, generation) values (:project, :slot, 1)
                on conflict (project, slot) do update
                   set generation = known_slot.generation + 1, observed_at = null, doubted_at = null""").param("project", project).param("slot", slot).update();
    }

    @Override
    public Optional<Doubt> see(long project, String slot, SlotObservation now) {
        Known known = find(project, slot).orElseGet(() -> {
            jdbc.sql("insert into known_slot (project, slot) values (:project, :slot) on conflict do nothing")
                    .param("project", project)
                    .param("slot", slot)
                    .update();
            return find(project, slot).orElseThrow();
        });
        SlotObservation before = known.look();
        if (before != null && !before.at().isBefore(now.at())) {
            return known.doubt(); // another control plane has looked later
        }
        if (before == null && now.sender() == null) {
            return known
                    .doubt(); // the first look is one at a slot that is held, so that the next has something to go by
        }
        boolean same = before == null || (now.continues(before) && now.publishesAs(before));
        if (!same) {
            log.warn(
                    "Slot {} may have been dropped and made again, or its publication was altered: seen before as {}, now as {}",
                    slot,
                    before,
                    now);
        }
        Instant doubted = same ? known.doubted() : clock.instant().truncatedTo(ChronoUnit.MICROS);
        return keep(project, slot, known, now, doubted)
                ? Optional.ofNullable(doubted).map(Doubt::new)
                : find(project, slot).flatMap(Known::doubt);
    }

    /** Another generation, so that a look that is under way and has no doubt is not kept over this one. */
    @Override
    public void doubt(long project, String slot) {
        jdbc.sql("""
                insert into known_slot (project, slot, doubted_at) values (:project, :slot, :now)
                on conflict (project, slot) do update
                   set generation = known_slot.generation + 1, doubted_at = excluded.doubted_at""")
                .param("project", project)
                .param("slot", slot)
                .param("now", clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public void verified(long project, Instant begun) {
        jdbc.sql("update known_slot set doubted_at = null where project = :project and doubted_at < :begun")
                .param("project", project)
                .param("begun", begun.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public void keepOnly(List<Long> projects) {
        jdbc.sql("delete from known_slot where not project = any (:projects)")
                .param("projects", projects.toArray(Long[]::new))
                .update();
    }

    private Optional<Known> find(long project, String slot) {
        return jdbc.sql("select * from known_slot where project = :project and slot = :slot")
                .param("project", project)
                .param("slot", slot)
                .query((row, number) -> known(row))
                .optional();
    }

    /** Only over the look that this one was compared with. */
    private boolean keep(long project, String slot, Known known, SlotObservation look, @Nullable Instant doubted) {
        SlotObservation before = known.look();
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("project", project);
        values.put("slot", slot);
        values.put("generation", known.generation());
        values.put("before", utc(before == null ? null : before.at()));
        values.put("at", utc(look.at()));
        values.put("database", look.database());
        values.put("plugin", look.plugin());
        values.put("flushed", look.flushed().toString());
        values.put("restart", text(look.restart()));
        values.put("confirmed", text(look.confirmed()));
        values.put("sender", look.sender());
        values.put("senderSince", utc(look.senderSince()));
        values.put("slotsChanged", utc(look.slotsChanged()));
        values.put("publication", look.publication());
        values.put("doubted", utc(doubted));
        return jdbc.sql("""
                update known_slot
                   set observed_at = :at, database = :database, plugin = :plugin, flushed = cast(:flushed as pg_lsn),
                       restart = cast(:restart as pg_lsn), confirmed = cast(:confirmed as pg_lsn),
                       sender = cast(:sender as integer), sender_since = cast(:senderSince as timestamptz),
                       slots_changed = cast(:slotsChanged as timestamptz),
                       publication = cast(:publication as text), doubted_at = cast(:doubted as timestamptz)
                 where project = :project and slot = :slot and generation = :generation
                   and observed_at is not distinct from cast(:before as timestamptz)""").params(values).update() == 1;
    }

    private static Known known(ResultSet row) throws SQLException {
        Instant at = instant(row, "observed_at");
        SlotObservation look = at == null
                ? null
                : new SlotObservation(
                        at,
                        row.getString("database"),
                        row.getString("plugin"),
                        Lsn.parse(row.getString("flushed")),
                        position(row, "restart"),
                        position(row, "confirmed"),
                        row.getObject("sender", Integer.class),
                        instant(row, "sender_since"),
                        instant(row, "slots_changed"),
                        row.getString("publication"));
        return new Known(row.getInt("generation"), look, instant(row, "doubted_at"));
    }

    private static @Nullable Lsn position(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : Lsn.parse(text);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable String text(@Nullable Lsn position) {
        return position == null ? null : position.toString();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private record Known(
            int generation,
            @Nullable SlotObservation look,
            @Nullable Instant doubted) {

        Optional<Doubt> doubt() {
            return Optional.ofNullable(doubted).map(Doubt::new);
        }
    }
}
