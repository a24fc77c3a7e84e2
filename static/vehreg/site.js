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
