// htmx with morphing: a refreshed region keeps focus, scroll position and what a person opened or typed.
import htmx from "htmx.org";
import { Idiomorph } from "idiomorph";

htmx.config.includeIndicatorStyles = false; // the content security policy refuses style elements
htmx.config.allowEval = false;
htmx.config.historyCacheSize = 0; // nothing of a project stays in the browser's storage
htmx.config.historyRestoreAsHxRequest = false; // going back needs the whole page, not its region
htmx.config.scrollBehavior = "auto";

const keeps = {
	beforeNodeMorphed: (old) => !(old instanceof Element && old.hasAttribute("data-keep")),
	beforeAttributeUpdated: (name, node) => !(name === "open" && node instanceof HTMLDetailsElement),
};

htmx.defineExtension("morph", {
	isInlineSwap: (style) => style === "morph",
	handleSwap: (style, target, fragment) =>
		style === "morph" &&
		Idiomorph.morph(target, fragment.children, { morphStyle: "outerHTML", ignoreActiveValue: true, callbacks: keeps }),
});

document.addEventListener("htmx:configRequest", ({ detail }) => {
	const token = document.querySelector('meta[name="csrf-token"]')?.content;
	const header = document.querySelector('meta[name="csrf-header"]')?.content;
	if (token && header && detail.verb !== "get") {
		detail.headers[header] = token;
	}
});

// A session that has ended answers with the sign-in page: go there instead of putting it into the middle of this one.
document.addEventListener("htmx:beforeSwap", (event) => {
	const answered = new URL(event.detail.xhr.responseURL || location.href, location.href);
	if (answered.pathname === "/login" && location.pathname !== "/login") {
		event.detail.shouldSwap = false;
		location.reload();
	}
});

export { htmx };
