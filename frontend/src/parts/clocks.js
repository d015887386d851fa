// Clocks that run between two answers of the server: how long clients have been held.
//
//   <… data-clock data-held="116" data-budget="5000" data-running="true">  [data-clock-text]  [data-clock-ring]
let drawn = new WeakMap();

function text(millis) {
	return millis < 1000 ? `${Math.round(millis)}\u202Fms` : `${(millis / 1000).toFixed(1)}\u202Fs`;
}

function frame() {
	const clocks = document.querySelectorAll('[data-clock][data-running="true"]');
	for (const clock of clocks) {
		const key = clock.dataset.held;
		const known = drawn.get(clock);
		const since = known?.key === key ? known.since : performance.now();
		if (known?.key !== key) drawn.set(clock, { key, since });
		const held = Number(clock.dataset.held) + performance.now() - since;
		const budget = Number(clock.dataset.budget);
		clock.classList.toggle("is-busy", 2 * held < budget);
		clock.classList.toggle("is-warning", 2 * held >= budget && held <= budget);
		clock.classList.toggle("is-bad", held > budget);
		clock.querySelector("[data-clock-text]").textContent = text(held);
		const ring = clock.querySelector("[data-clock-ring]");
		ring.setAttribute("stroke-dashoffset", String(Math.max(0, 100 - (100 * held) / budget)));
	}
	if (clocks.length) {
		requestAnimationFrame(frame);
	} else {
		drawn = new WeakMap();
	}
}

frame();
document.addEventListener("htmx:afterSwap", frame);
