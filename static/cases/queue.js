"use strict";
// The queue: a filter acts when it is chosen; ticking shows how many cases a bulk move will take.
(() => {
    const queue = document.querySelector("[data-queue]");
    if (!queue) return;
    queue.querySelectorAll("[data-auto] select").forEach((select) => {
        select.addEventListener("change", () => select.form.submit());
    });
    const boxes = [...queue.querySelectorAll("input[name=case]")];
    const all = queue.querySelector("[data-all]");
    const said = queue.querySelector("[data-chosen]");
    const whole = said ? said.textContent : "";
    function count() {
        const chosen = boxes.filter((box) => box.checked).length;
        if (said) said.textContent = chosen ? `${said.dataset.some}: ${chosen}` : whole;
    }
    if (all) all.addEventListener("change", () => { boxes.forEach((box) => { box.checked = all.checked; }); count(); });
    boxes.forEach((box) => box.addEventListener("change", count));
})();
