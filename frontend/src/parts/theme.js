// System, light or dark, remembered in a cookie so that the server draws the page right at once.
const YEAR = 31_536_000;

for (const choice of document.querySelectorAll("[data-theme-choice] input")) {
	choice.addEventListener("change", () => {
		document.documentElement.dataset.theme = choice.value;
		// biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing where only HTTP is spoken
		document.cookie = `upshift-theme=${choice.value}; path=/; max-age=${YEAR}; samesite=lax`;
		document.dispatchEvent(new CustomEvent("upshift:theme"));
	});
}
