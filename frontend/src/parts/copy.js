// Buttons that copy the text of another element.
document.addEventListener("click", async ({ target }) => {
	const button = target instanceof Element && target.closest("[data-copy]");
	if (!button) return;
	const text = document.getElementById(button.dataset.copy)?.textContent ?? "";
	await navigator.clipboard.writeText(text.trim());
	const word = button.textContent;
	button.textContent = "Copied";
	setTimeout(() => {
		button.textContent = word;
	}, 1500);
});
