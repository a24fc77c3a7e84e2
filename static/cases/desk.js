"use strict";
// The desk: choose a candidate, open a dialog, make the main moves from the keyboard. Everything also
// works by clicking; without script the forms still post.
(() => {
    const desk = document.querySelector("[data-desk]");
    if (!desk) return;
    const all = (selector, root = desk) => [...root.querySelectorAll(selector)];

    // Whoever is chosen shows why; a click on the word itself opens and closes it alone.
    function choose(person, unfolds = true) {
        all("[data-choose]").forEach((card) => {
            const chosen = card.dataset.choose === person;
            card.classList.toggle("chosen", chosen);
            const why = card.querySelector("details");
            if (why && unfolds) why.open = chosen;
        });
        const columns = all("tbody[data-person]");
        columns.forEach((body) => { body.hidden = body.dataset.person !== person; });
        all("input[name=person]").forEach((input) => { input.value = person; });
    }

    function openDialog(name, ending) {
        const dialog = document.getElementById(`dialog-${name}`);
        if (!dialog) return;
        const option = ending && dialog.querySelector(`input[name=disposition][value=${ending}]`);
        if (option) { option.checked = true; showFields(dialog); }
        dialog.showModal();
    }

    function showFields(dialog) {
        const chosen = dialog.querySelector("input[name=disposition]:checked");
        all("[data-for]", dialog).forEach((fields) => {
            const shown = Boolean(chosen) && fields.dataset.for === chosen.value;
            fields.hidden = fields.disabled = !shown;
        });
        const reason = dialog.querySelector("textarea[name=reason]");
        if (reason) reason.required = Boolean(chosen) && chosen.dataset.needsReason === "1";
    }

    desk.addEventListener("click", (event) => {
        const propose = event.target.closest("[data-propose]");
        if (propose) {
            choose(propose.dataset.propose);
            desk.querySelector("[data-moves] button[value=propose]").click();
            return;
        }
        const opener = event.target.closest("[data-dialog]");
        if (opener) { openDialog(opener.dataset.dialog, opener.dataset.ending); return; }
        const card = event.target.closest("[data-choose]");
        if (card) choose(card.dataset.choose, !event.target.closest("summary"));
        if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
    });
    desk.addEventListener("change", (event) => {
        if (event.target.name === "disposition") showFields(event.target.closest("dialog"));
    });
    // A second click on the same button does nothing: the first one is on its way.
    document.addEventListener("submit", (event) => {
        if (event.target.dataset.sent) { event.preventDefault(); return; }
        event.target.dataset.sent = "1";
    });
    window.addEventListener("pageshow", () => all("form", document).forEach((form) => { delete form.dataset.sent; }));

    document.addEventListener("keydown", (event) => {
        const typing = event.target.closest("input, textarea, select, [contenteditable]");
        if (typing || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
        const target = desk.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
        if (!target || target.getAttribute("aria-disabled") === "true") return;
        event.preventDefault();
        if (target.dataset.choose) choose(target.dataset.choose);
        else target.click();
    });
})();
