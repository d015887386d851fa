package dev.upshift.dashboard.web.settings;

import dev.upshift.dashboard.web.situation.Heading;
import dev.upshift.dashboard.web.situation.Situation;
import dev.upshift.dashboard.web.situation.Situations;
import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.project.InvalidProject;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.Projects;
import dev.upshift.project.Setting;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The form that registers a project, and the same form as its settings. */
@Controller
class ProjectFormController {

    private static final String FORM = "settings/form";

    /** Buttons that add or remove a row where there are no scripts to do it, e.g. {@code remove poolers 1}. */
    private static final Pattern ROW_BUTTON = Pattern.compile("(add|remove) (databases|poolers)(?: (\\d{1,3}))?");

    private final Projects projects;
    private final Situations situations;
    private final ConfigurationStores stores;

    ProjectFormController(Projects projects, Situations situations, ConfigurationStores stores) {
        this.projects = projects;
        this.situations = situations;
        this.stores = stores;
    }

    @GetMapping("/projects/new")
    String fresh(HttpSession session, Model model) {
        TypedPasswords.forget(session);
        return show(FilledForm.fresh(), Problems.NONE, null, model);
    }

    @PostMapping("/projects")
    String register(
            @RequestParam Map<String, String> sent,
            HttpSession session,
            Model model,
            RedirectAttributes flash,
            HttpServletResponse response) {
        return handle(sent, null, projects::register, session, model, flash, response);
    }

    @GetMapping("/projects/{slug}/settings")
    String settings(@PathVariable String slug, HttpSession session, Model model) {
        TypedPasswords.forget(session);
        Situation situation = situations.of(slug);
        return show(FilledForm.of(situation.project()), Problems.NONE, situation, model);
    }

    @PostMapping("/projects/{slug}/settings")
    String change(
            @PathVariable String slug,
            @RequestParam Map<String, String> sent,
            HttpSession session,
            Model model,
            RedirectAttributes flash,
            HttpServletResponse response) {
        Situation situation = situations.of(slug);
        return handle(sent, situation, draft -> projects.change(slug, draft), session, model, flash, response);
    }

    @PostMapping("/projects/{slug}/remove")
    String remove(
            @PathVariable String slug,
            @RequestParam(defaultValue = "") String confirmation,
            HttpSession session,
            Model model,
            HttpServletResponse response) {
        Situation situation = situations.of(slug);
        if (!confirmation.strip().equals(slug)) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("removal", "Type " + slug + " to confirm; nothing was removed.");
            return show(FilledForm.of(situation.project()), Problems.NONE, situation, model);
        }
        try {
            projects.remove(slug);
        } catch (InvalidProject refused) {
            response.setStatus(HttpStatus.CONFLICT.value());
            model.addAttribute("removal", refused.getMessage());
            return show(FilledForm.of(situation.project()), Problems.NONE, situation, model);
        }
        TypedPasswords.forget(session);
        return "redirect:/projects";
    }

    private String handle(
            Map<String, String> sent,
            @Nullable Situation situation,
            Function<ProjectDraft, Project> save,
            HttpSession session,
            Model model,
            RedirectAttributes flash,
            HttpServletResponse response) {
        String form = situation == null ? "" : situation.project().slug();
        Fields fields = TypedPasswords.completed(Fields.sent(sent), session, form);
        Optional<Fields> otherRows = rowButton(fields, sent.getOrDefault("action", ""));
        if (otherRows.isPresent()) {
            TypedPasswords.keep(otherRows.get(), session, form);
            return show(otherRows.get(), Problems.NONE, situation, model);
        }
        try {
            Project saved = save.apply(DraftReader.read(fields));
            TypedPasswords.forget(session);
            flash.addFlashAttribute("saved", "Saved. Both clusters and every pooler answered.");
            flash.addAttribute("slug", saved.slug());
            return situation == null ? "redirect:/projects/{slug}" : "redirect:/projects/{slug}/settings";
        } catch (InvalidProject invalid) {
            TypedPasswords.keep(fields, session, form);
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(fields, new Problems(invalid.problems()), situation, model);
        }
    }

    private static Optional<Fields> rowButton(Fields fields, String action) {
        Matcher button = ROW_BUTTON.matcher(action);
        if (!button.matches()) {
            return Optional.empty();
        }
        String list = button.group(2);
        return Optional.of(
                button.group(1).equals("add") || button.group(3) == null
                        ? fields.withRow(list)
                        : fields.withoutRow(list, Integer.parseInt(button.group(3))));
    }

    /** @param situation null while the project does not exist yet */
    private String show(Fields fields, Problems problems, @Nullable Situation situation, Model model) {
        Phase phase = situation == null ? Phase.DRAFT : situation.project().phase();
        model.addAttribute("title", situation == null ? "New project" : "Settings")
                .addAttribute("fields", fields)
                .addAttribute("problems", problems)
                .addAttribute("stores", stores.types())
                .addAttribute("sections", Setting.Section.values())
                .addAttribute("heading", situation == null ? null : Heading.of(situation))
                .addAttribute("exists", situation != null)
                .addAttribute("over", phase.isFinal())
                .addAttribute("removable", situation != null && (phase == Phase.DRAFT || phase.isFinal()))
                .addAttribute("databasesFixed", phase != Phase.DRAFT);
        return FORM;
    }
}
