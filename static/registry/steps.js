"use strict";
// A button that was pressed once is not pressed again while its page loads.
for (const form of document.querySelectorAll("form[data-step]")) {
    form.addEventListener("submit", () => {
        for (const button of form.querySelectorAll("button")) {
            window.setTimeout(() => { button.disabled = true; }, 0);
        }
    });
}
window.addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("form[data-step] button")) {
        button.disabled = false;
    }
});
