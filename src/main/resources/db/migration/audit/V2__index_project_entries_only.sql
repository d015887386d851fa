-- Sign-ins concern no project, and nobody looks for them by project.
drop index audit_entry_by_project;
create index audit_entry_by_project on audit_entry (project_slug, id desc) where project_slug is not null;
