// Lets the style sheet leave out what only readers without scripts need.
document.documentElement.classList.add("script");
