// Rows of a form that come and go. Without this script the same buttons ask the server for the form with one row more.
//
//   <div data-rows>  <div data-row>…</div>…  <template>…[new]…</template>  <button data-add>  </div>
function renumber(list) {
	list.querySelectorAll(":scope > [data-row]").forEach((row, index) => {
		for (const node of row.querySelectorAll("[name], [id], [for], [aria-describedby], [data-number]")) {
			for (const attribute of ["name", "id", "for", "aria-describedby"]) {
				const value = node.getAttribute(attribute);
				if (value) node.setAttribute(attribute, value.replace(/\[(\d+|new)\]/, `[${index}]`));
			}
			if ("number" in node.dataset) node.textContent = String(index + 1);
		}
	});
	const rows = list.querySelectorAll(":scope > [data-row]");
	for (const button of list.querySelectorAll("[data-remove]")) {
		button.hidden = rows.length < 2;
	}
}

for (const list of document.querySelectorAll("[data-rows]")) {
	const template = list.querySelector("template");
	list.addEventListener("click", (event) => {
		if (event.target.closest("[data-add]")) {
			event.preventDefault();
			template.before(template.content.cloneNode(true));
			renumber(list);
			const rows = list.querySelectorAll(":scope > [data-row]");
			rows[rows.length - 1].querySelector("input:not([type=hidden])")?.focus();
		} else if (event.target.closest("[data-remove]")) {
			event.preventDefault();
			event.target.closest("[data-row]").remove();
			renumber(list);
			list.querySelector("[data-add]").focus();
		}
	});
	renumber(list);
}
