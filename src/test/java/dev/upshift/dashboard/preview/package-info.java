/** The pages over made-up projects: to look at while drawing them, and to test what no real project shows at will. */
package dev.upshift.dashboard.preview;
