// The button of a procedure that must be confirmed wakes up when the project's name was typed. The server checks again.
function follow(form) {
	const field = form.querySelector("[data-confirm]");
	const button = form.querySelector("[data-confirmed]");
	const look = () => {
		button.disabled = field.value.trim() !== field.dataset.confirm;
	};
	field.addEventListener("input", look);
	look();
}

for (const form of document.querySelectorAll("form[data-confirmation]")) {
	follow(form);
}

// After a form came back with something wrong in it, start reading there.
document.querySelector("[data-focus]")?.focus();

// A form is sent once: its button says so until the answer is there.
document.addEventListener("submit", ({ target, submitter }) => {
	if (!(target instanceof HTMLFormElement) || target.dataset.sent) return;
	target.dataset.sent = "yes";
	if (submitter?.dataset.busy) {
		submitter.setAttribute("aria-disabled", "true");
		submitter.textContent = submitter.dataset.busy;
	}
	// After the values were read, so that the button's own name and value are sent too.
	setTimeout(() => {
		for (const button of target.querySelectorAll("button")) button.disabled = true;
	});
});

// Links to pages that look at servers take a moment.
document.addEventListener("click", ({ target }) => {
	const link = target instanceof Element && target.closest("a[data-busy]");
	if (link) {
		link.setAttribute("aria-busy", "true");
		link.textContent = link.dataset.busy;
	}
});

// Coming back by the browser's history shows the form as it was before it was sent.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
