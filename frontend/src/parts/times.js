// Times in the reader's zone (UTC stays in the tooltip) and ages that grow. The words are the reader's, but hours always
// go to 24, as they do in the logs that an operator compares with.
const HOURS = "h23";
const sameDay = new Intl.DateTimeFormat([], {
	hour: "2-digit",
	minute: "2-digit",
	second: "2-digit",
	hourCycle: HOURS,
});
const otherDay = new Intl.DateTimeFormat([], {
	day: "numeric",
	month: "short",
	hour: "2-digit",
	minute: "2-digit",
	second: "2-digit",
	hourCycle: HOURS,
});
const otherYear = new Intl.DateTimeFormat([], { day: "numeric", month: "short", year: "numeric" });

function local(instant, now) {
	if (instant.toDateString() === now.toDateString()) {
		return sameDay.format(instant);
	}
	return (instant.getFullYear() === now.getFullYear() ? otherDay : otherYear).format(instant);
}

function age(instant, now) {
	const seconds = Math.max(0, Math.round((now - instant) / 1000));
	if (seconds < 60) return `${seconds}\u202Fs ago`;
	if (seconds < 3600) return `${Math.floor(seconds / 60)}\u202Fmin ago`;
	if (seconds < 172_800) return `${Math.floor(seconds / 3600)}\u202Fh ago`;
	return `${Math.floor(seconds / 86_400)} days ago`;
}

// The server's clock decides how old something is, whatever the reader's clock says.
const drawn = Date.parse(document.body.dataset.now ?? "");
const ahead = Number.isNaN(drawn) ? 0 : drawn - Date.now();

function tell(root) {
	const now = new Date(Date.now() + ahead);
	for (const time of root.querySelectorAll("time[datetime]")) {
		const instant = new Date(time.dateTime);
		if (Number.isNaN(instant.getTime())) continue;
		const text = "age" in time.dataset ? age(instant, now) : local(instant, new Date());
		if (time.textContent !== text) time.textContent = text;
	}
}

tell(document);
setInterval(() => tell(document), 1000);
document.addEventListener("htmx:afterSwap", () => tell(document));
