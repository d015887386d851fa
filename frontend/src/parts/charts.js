// The lag chart: samples over time with the marks of runs.
import uPlot from "uplot";

const UNITS = ["B", "kB", "MB", "GB", "TB"];

function bytes(value) {
	let scaled = value;
	let unit = 0;
	while (scaled >= 999.95 && unit < UNITS.length - 1) {
		scaled /= 1000;
		unit++;
	}
	return `${unit && scaled < 99.95 ? scaled.toFixed(1) : Math.round(scaled)}\u202F${UNITS[unit]}`;
}

/** A custom property as a colour that a canvas understands. */
function colour(node, property) {
	const probe = document.createElement("i");
	probe.style.color = `var(${property})`;
	node.append(probe);
	const value = getComputedStyle(probe).color;
	probe.remove();
	return value;
}

const CLOCK = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
/** The reader's zone in short, as it is on the day that is shown. */
const ZONE =
	new Intl.DateTimeFormat([], { timeZoneName: "short" }).formatToParts().find(({ type }) => type === "timeZoneName")
		?.value ?? "local";
const FONT = "12px system-ui, sans-serif";

class LagChart {
	constructor(node) {
		this.node = node;
		this.canvas = node.querySelector("[data-chart-canvas]");
		this.caption = node.querySelector("[data-chart-caption]");
		this.minutes = Number(node.dataset.minutes);
		this.load();
		new ResizeObserver(() => this.plot?.setSize(this.size())).observe(this.canvas);
		document.addEventListener("upshift:ring", ({ detail }) => detail !== "run" && this.load());
		document.addEventListener("upshift:theme", () => this.draw());
		matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
		for (const choice of node.querySelectorAll("[data-chart-range] input")) {
			choice.addEventListener("change", () => {
				this.minutes = Number(choice.value);
				this.load();
			});
		}
	}

	size() {
		return { width: Math.max(200, this.canvas.clientWidth), height: 220 };
	}

	async load() {
		if (this.loading || document.hidden) return;
		this.loading = true;
		try {
			const answer = await fetch(`${this.node.dataset.chart}?minutes=${this.minutes}`, {
				headers: { accept: "application/json" },
			});
			if (answer.ok && !answer.redirected) {
				this.data = await answer.json();
				this.draw();
			}
		} catch {
			// The page says already that the connection is lost; the chart keeps what it had.
		} finally {
			this.loading = false;
		}
	}

	draw() {
		if (!this.data) return;
		this.caption.textContent = this.data.sentence;
		this.node.classList.toggle("is-empty", this.data.at.length === 0);
		const points = [this.data.at, this.data.lagBytes];
		this.plot?.destroy();
		this.plot = new uPlot(this.options(), points, this.canvas);
	}

	options() {
		const line = colour(this.node, "--accent");
		const muted = colour(this.node, "--muted");
		const grid = colour(this.node, "--border");
		const fill = colour(this.node, "--accent-soft");
		const axis = {
			stroke: muted,
			font: FONT,
			labelFont: FONT,
			labelSize: 20,
			grid: { stroke: grid, width: 1 },
			ticks: { show: false },
		};
		return {
			...this.size(),
			legend: { show: false },
			cursor: { y: false, points: { size: 6 } },
			scales: {
				x: { time: true, range: () => [this.data.from, this.data.to] },
				y: { range: (_u, _min, max) => [0, Math.max(1000, max * 1.15, 0)] },
			},
			axes: [
				{
					...axis,
					label: `Time of day (${ZONE})`,
					size: 28,
					grid: { show: false },
					space: 70,
					values: (_u, ticks) => ticks.map((at) => CLOCK.format(at * 1000)),
				},
				{ ...axis, label: "Bytes of log behind", size: 66, values: (_u, ticks) => ticks.map(bytes), space: 45 },
			],
			series: [
				{},
				{
					stroke: line,
					fill,
					width: 1.5,
					spanGaps: false,
					points: { show: false },
				},
			],
			hooks: { draw: [(u) => this.marks(u)], setCursor: [(u) => this.tip(u)] },
		};
	}

	/** A vertical line with the run's name where a run began. */
	marks(u) {
		const { ctx } = u;
		const ratio = devicePixelRatio;
		ctx.save();
		ctx.font = `${12 * ratio}px system-ui, sans-serif`;
		ctx.fillStyle = colour(this.node, "--muted");
		ctx.strokeStyle = colour(this.node, "--muted");
		ctx.textAlign = "left";
		ctx.lineWidth = ratio;
		ctx.setLineDash([3 * ratio, 3 * ratio]);
		let lastLabel = Number.NEGATIVE_INFINITY;
		for (const mark of this.data.marks) {
			const x = Math.round(u.valToPos(mark.at, "x", true));
			ctx.beginPath();
			ctx.moveTo(x, u.bbox.top);
			ctx.lineTo(x, u.bbox.top + u.bbox.height);
			ctx.stroke();
			const width = ctx.measureText(mark.label).width;
			const left = Math.min(x + 4 * ratio, u.bbox.left + u.bbox.width - width);
			if (left > lastLabel) {
				ctx.fillText(mark.label, left, u.bbox.top + 12 * ratio);
				lastLabel = left + width + 8 * ratio;
			}
		}
		ctx.restore();
	}

	tip(u) {
		const tip = this.node.querySelector("[data-chart-tip]");
		const index = u.cursor.idx;
		const value = index == null ? null : this.data.lagBytes[index];
		if (value == null) {
			tip.textContent = "";
			return;
		}
		const at = new Date(this.data.at[index] * 1000);
		tip.textContent = `${at.toLocaleTimeString([], { hourCycle: "h23" })}: ${bytes(value)} behind`;
	}
}

for (const node of document.querySelectorAll("[data-chart]")) {
	new LagChart(node);
}
