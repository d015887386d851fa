package dev.upshift.dashboard.web.documents;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** Serves each document under its path in the repository. */
@Controller
class DocumentController {

    private final Documents documents;

    DocumentController(Documents documents) {
        this.documents = documents;
    }

    @GetMapping("/docs")
    String contents() {
        return "redirect:/docs/README";
    }

    @GetMapping("/docs/{*path}")
    String page(@PathVariable String path, Model model) {
        model.addAttribute(
                "document",
                documents
                        .find(path.substring(1))
                        .orElseThrow(
                                () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such document.")));
        return "documents/document";
    }
}
