package dev.upshift.project.internal;

import java.util.List;
import java.util.Optional;
import org.springframework.data.relational.core.sql.LockMode;
import org.springframework.data.relational.repository.Lock;
import org.springframework.data.repository.ListCrudRepository;

/** The table of projects. */
interface ProjectRows extends ListCrudRepository<ProjectRow, Long> {

    List<ProjectRow> findAllByOrderByNameAscSlugAsc();

    Optional<ProjectRow> findBySlug(String slug);

    /** Until the transaction ends nobody else changes it. */
    @Lock(LockMode.PESSIMISTIC_WRITE)
    Optional<ProjectRow> findLockedBySlug(String slug);

    boolean existsBySlug(String slug);
}
