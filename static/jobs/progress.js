"use strict";
// The live bars of a page: ask once a second, less often while nobody looks, and go on after a lost connection.
(() => {
    if (window.vehregJobProgress) {
        return; // two bars on one page bring the script twice
    }
    window.vehregJobProgress = true;

    const EVERY = 1000;
    const EVERY_HIDDEN = 10000;
    const EVERY_LOST_MOST = 15000;

    function show(bar, job) {
        const text = (name, value) => {
            const place = bar.querySelector(`[data-${name}]`);
            if (place && place.textContent !== value) {
                place.textContent = value;
            }
        };
        text("headline", job.headline);
        text("percent", job.live ? `${job.percent} %` : "");
        text("figures", job.figures);
        text("message", job.message);
        text("error", job.error);
        bar.querySelector("[data-error]").hidden = !job.error;
        const fill = bar.querySelector("[data-fill]");
        fill.style.width = `${job.percent}%`;
        fill.className = `vr-job-fill vr-job-${job.state}`;
        fill.parentElement.setAttribute("aria-valuenow", job.percent);
        fill.parentElement.setAttribute("aria-label", job.headline);
    }

    function finish(bar, job) {
        for (const part of bar.querySelectorAll("[data-while-live]")) {
            part.remove();
        }
        const told = new CustomEvent("job:finished", { bubbles: true, cancelable: true, detail: job });
        if (!bar.dispatchEvent(told)) {
            return; // the page does something of its own
        }
        if (bar.dataset.onFinish) {
            window.location.assign(bar.dataset.onFinish);
        } else {
            window.location.reload();
        }
    }

    async function ask(bar) {
        const answer = await fetch(bar.dataset.url, { credentials: "same-origin", redirect: "manual" });
        if (answer.type === "opaqueredirect" || answer.status === 403) {
            window.location.reload(); // signed out meanwhile
            return null;
        }
        if (answer.status === 404) {
            return null; // gone, or no longer ours to see
        }
        if (!answer.ok) {
            throw new Error(String(answer.status));
        }
        return answer.json();
    }

    function watch(bar) {
        let timer = 0;
        let lost = 0;
        let over = false;

        async function turn() {
            window.clearTimeout(timer);
            try {
                const job = await ask(bar);
                lost = 0;
                over = job === null || !job.live;
                if (job !== null) {
                    show(bar, job);
                }
                if (over) {
                    if (job !== null) {
                        finish(bar, job);
                    }
                    return;
                }
            } catch {
                lost += 1;
                bar.querySelector("[data-message]").textContent = bar.dataset.lost;
            }
            const wait = lost ? Math.min(EVERY * 2 ** lost, EVERY_LOST_MOST) : EVERY;
            timer = window.setTimeout(turn, document.hidden ? Math.max(wait, EVERY_HIDDEN) : wait);
        }

        document.addEventListener("visibilitychange", () => {
            if (!document.hidden && !over) {
                turn();
            }
        });
        timer = window.setTimeout(turn, EVERY);
    }

    function begin() {
        for (const bar of document.querySelectorAll("[data-job-progress][data-live='1']")) {
            watch(bar);
        }
    }

    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", begin);
    } else {
        begin();
    }
})();
