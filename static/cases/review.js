"use strict";
// Judging by the keys 1, 2 and 3. A second press, or a second click, sends nothing more.
(() => {
    const form = document.querySelector("[data-answers]");
    if (!form) return;
    let sent = false;
    form.addEventListener("submit", (event) => {
        if (sent) event.preventDefault();
        sent = true;
    });
    document.addEventListener("keydown", (event) => {
        const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
        if (typing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
        const button = form.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
        if (button && !sent) button.click();
    });
    // A page brought back from the browser's memory may send again: the server says if it was answered.
    window.addEventListener("pageshow", () => { sent = false; });
})();
