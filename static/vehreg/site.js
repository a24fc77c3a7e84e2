"use strict";
// A list's filters are selects: choosing one goes to its address.
document.addEventListener("change", (event) => {
    if (event.target.matches("select[data-vr-go]")) {
        window.location.search = event.target.value;
    }
});
// A menu made of <details> closes when the user turns elsewhere.
document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.vr-menu[open]")) {
        if (!menu.contains(event.target)) {
            menu.removeAttribute("open");
        }
    }
});
// A page with something under way looks again after so many seconds.
document.addEventListener("DOMContentLoaded", () => {
    const page = document.querySelector("[data-vr-reload]");
    if (page) {
        setTimeout(() => window.location.reload(), 1000 * Number(page.dataset.vrReload));
    }
});
// The theme writes a chosen file's name into a text field three levels up; ours have none, and say it themselves.
document.addEventListener("DOMContentLoaded", () => {
    for (const input of document.querySelectorAll("input[type=file]")) {
        const beside = input.parentNode.parentNode.parentNode.querySelector("input[type=text]");
        input.hasChangeListener = beside === null;
    }
});
