package dev.upshift.dashboard.web.frame;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Shows the sign-in form; what is sent to it goes to the identity module. */
@Controller
class SignInController {

    @GetMapping("/login")
    String page() {
        return "frame/sign-in";
    }
}
