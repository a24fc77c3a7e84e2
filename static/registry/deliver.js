"use strict";
// The drop zone: shows what was chosen, and how much of it has been sent. Without this script the form works, too.
(() => {
    const form = document.querySelector("form[data-deliver]");
    const zone = form.querySelector("[data-drop]");
    const input = zone.querySelector("input");
    const name = zone.querySelector("[data-name]");
    const sent = form.querySelector("[data-sent]");
    const errors = form.querySelector("[data-errors]");
    const submit = form.querySelector("button[type=submit]");

    function size(bytes) {
        const megabytes = bytes / 1048576;
        return megabytes < 1 ? `${Math.ceil(bytes / 1024)} KB` : `${megabytes.toFixed(1)} MB`;
    }

    function told(words) {
        const line = document.createElement("p");
        line.className = "vr-warn-note";
        line.setAttribute("role", "alert");
        line.textContent = words;
        errors.replaceChildren(line);
    }

    function ready() {
        submit.disabled = false;
        sent.hidden = true;
    }

    input.addEventListener("change", () => {
        const file = input.files[0];
        if (file) {
            name.textContent = `${file.name} (${size(file.size)})`;
        }
    });
    for (const [event, over] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
        zone.addEventListener(event, () => zone.classList.toggle("vr-over", over));
    }

    form.addEventListener("submit", (event) => {
        event.preventDefault();
        submit.disabled = true;
        sent.hidden = false;
        const request = new XMLHttpRequest();
        request.open("POST", window.location.href);
        request.upload.addEventListener("progress", (progress) => {
            sent.value = Math.round((100 * progress.loaded) / progress.total);
        });
        request.addEventListener("error", () => { ready(); told(form.dataset.lost); });
        request.addEventListener("load", () => {
            if (request.responseURL !== window.location.href) {
                window.location.assign(request.responseURL);
                return;
            }
            ready();
            const answer = new DOMParser().parseFromString(request.responseText, "text/html");
            const found = answer.querySelector("[data-errors]");
            if (found) {
                errors.replaceChildren(...found.children);
            } else {
                told(form.dataset.lost);
            }
        });
        request.send(new FormData(form));
    });
})();
