// Rings from the server make regions fetch themselves again.
//
//   <main data-events="/api/v1/projects/shop/events">      where the server rings
//   <section data-live="snapshot run" hx-get="…" …>        what listens, and to which rings
//
// A ring refreshes at once; those that follow within the pause are answered by one more refresh at its end, so the
// last state is never missed. A slow tick keeps a page true whose stream is broken.
import { htmx } from "./htmx.js";

const PAUSE = 250;
const TICK = 15_000;

const waiting = new WeakMap();

function refresh(region) {
	if (document.hidden) {
		stale = true;
		return;
	}
	const state = waiting.get(region);
	if (state) {
		state.again = true;
		return;
	}
	const fresh = { again: false };
	waiting.set(region, fresh);
	htmx.trigger(region, "refresh");
	setTimeout(() => {
		waiting.delete(region);
		if (fresh.again && region.isConnected) {
			refresh(region);
		}
	}, PAUSE);
}

let stale = false;

function ring(name) {
	for (const region of document.querySelectorAll("[data-live]")) {
		if (!name || region.dataset.live.split(" ").includes(name)) {
			refresh(region);
		}
	}
	document.dispatchEvent(new CustomEvent("upshift:ring", { detail: name }));
}

function say(state) {
	for (const mark of document.querySelectorAll("[data-connection]")) {
		mark.dataset.connection = state;
		mark.querySelector("span").textContent =
			state === "live" ? "live" : state === "lost" ? "connection lost, trying again" : "connecting";
	}
}

function connect(address) {
	const source = new EventSource(address);
	source.addEventListener("open", () => {
		say("live");
		ring(); // whatever was rung while nobody listened
	});
	source.addEventListener("error", () => {
		say("lost");
		if (source.readyState === EventSource.CLOSED) {
			setTimeout(() => connect(address), 5_000);
		}
	});
	for (const name of ["snapshot", "run"]) {
		source.addEventListener(name, () => ring(name));
	}
}

const address = document.querySelector("[data-events]")?.dataset.events;
if (address) {
	connect(address);
}
if (document.querySelector("[data-live]")) {
	setInterval(() => ring(), TICK);
}
document.addEventListener("visibilitychange", () => {
	if (!document.hidden && stale) {
		stale = false;
		ring();
	}
});
document.addEventListener("htmx:sendError", () => say("lost"));
document.addEventListener("htmx:responseError", () => say("lost"));
