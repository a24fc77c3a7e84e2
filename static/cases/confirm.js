"use strict";
// Confirming by the keyboard: Enter says that it is right, Q asks what is not, N leaves it for later.
// A second press, or a second click, sends nothing more: the first one is on its way.
(() => {
    const page = document.querySelector("[data-confirm]");
    if (!page) return;
    let sent = false;
    page.addEventListener("submit", (event) => {
        if (sent) event.preventDefault();
        sent = true;
    });
    const question = page.querySelector("details");
    if (question) question.addEventListener("toggle", () => {
        if (question.open) question.querySelector("textarea").focus();
    });
    document.addEventListener("keydown", (event) => {
        const busy = event.target instanceof Element && event.target.closest("input, textarea, select, button, a, summary, [contenteditable]");
        if (busy || event.repeat || event.ctrlKey || event.metaKey || event.altKey || sent) return;
        const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
        const target = page.querySelector(`[data-key="${CSS.escape(key)}"]`);
        if (!target) return;
        event.preventDefault();
        target.click();
    });
    window.addEventListener("pageshow", () => { sent = false; });
})();
