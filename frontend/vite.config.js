import { defineConfig } from "vite";

// Fixed names: the server adds a hash of the content to the addresses that pages use.
export default defineConfig({
	build: {
		outDir: "../target/classes/static/assets",
		emptyOutDir: true,
		assetsInlineLimit: 0,
		cssCodeSplit: false,
		modulePreload: false,
		target: ["chrome123", "firefox121", "safari17.5"],
		rolldownOptions: {
			input: "src/upshift.js",
			checks: { eval: false }, // htmx has one, which the content security policy and htmx.config.allowEval disarm
			output: {
				entryFileNames: "upshift.js",
				assetFileNames: "upshift[extname]",
				codeSplitting: false,
			},
		},
	},
});
