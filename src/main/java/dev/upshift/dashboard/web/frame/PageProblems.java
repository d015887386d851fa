package dev.upshift.dashboard.web.frame;

import dev.upshift.project.ProjectNotFound;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** What pages throw on purpose, as pages. */
@ControllerAdvice("dev.upshift.dashboard.web")
class PageProblems {

    @ExceptionHandler
    ModelAndView noProject(ProjectNotFound missing) {
        return page(new Trouble(
                404,
                "There is no such project",
                missing.getMessage() + ". It may have been removed.",
                "Go to the list of projects."));
    }

    @ExceptionHandler
    ModelAndView noRun(PageNotFound missing) {
        return page(new Trouble(
                404, "There is nothing here", missing.what(), "Go back to the project.", missing.project()));
    }

    private static ModelAndView page(Trouble trouble) {
        ModelAndView page = new ModelAndView("frame/trouble", "trouble", trouble);
        page.setStatus(HttpStatus.valueOf(trouble.status()));
        return page;
    }
}
