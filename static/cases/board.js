"use strict";
// The charts of the front page. Their numbers come with the page, in script elements of JSON.
(() => {
    const language = document.documentElement.lang || "vi";
    const numbers = new Intl.NumberFormat(language === "vi" ? "vi-VN" : language);
    const short = new Intl.NumberFormat(language === "vi" ? "vi-VN" : language, { notation: "compact", maximumFractionDigits: 1 });
    const data = (name) => JSON.parse(document.getElementById(`${name}-data`).textContent);
    const follow = (url) => { if (url) window.location.assign(url); };
    const quiet = { color: "#64748b", font: { size: 11 } };

    function base(more) {
        return Object.assign({
            animation: false, responsive: true, maintainAspectRatio: false,
            interaction: { mode: "index", intersect: false },
            plugins: { legend: { display: false } },
        }, more);
    }

    function line(label, values, colour, more) {
        return Object.assign({ label, data: values, borderColor: colour, backgroundColor: colour, borderWidth: 2, pointRadius: 0, tension: 0 }, more);
    }

    function course(canvas) {
        const given = data("course");
        const named = (selector) => (canvas.closest("section").querySelector(selector)?.textContent ?? "").replace(/[\d.,\s]+$/, "").trim();
        const dashed = { borderDash: [4, 4], borderWidth: 1 };
        return new Chart(canvas, {
            type: "line",
            data: {
                labels: given.labels,
                datasets: [
                    line(named(".board-declared"), given.declared, "#f59e0b"),
                    line(named(".board-confirmed"), given.confirmed, "#1d4ed8", { borderWidth: 3 }),
                    line(named(".board-plan"), given.plan, "#94a3b8", dashed),
                    line("", given.low, "transparent", { borderWidth: 0 }),
                    line("", given.high, "transparent", { borderWidth: 0, fill: "-1", backgroundColor: "#bfdbfe99" }),
                    line("→", given.middle, "#1d4ed8", dashed),
                ],
            },
            options: base({
                scales: {
                    x: { grid: { display: false }, ticks: Object.assign({ maxTicksLimit: 7, maxRotation: 0 }, quiet) },
                    y: { beginAtZero: true, grid: { color: "#eef2f7" }, ticks: Object.assign({ maxTicksLimit: 6, callback: (value) => short.format(value) }, quiet) },
                },
                plugins: {
                    legend: { display: false },
                    tooltip: { filter: (item) => item.dataset.label !== "", callbacks: { label: (item) => `${item.dataset.label} ${numbers.format(item.raw)}` } },
                },
            }),
        });
    }

    // Red where little is done, green where all is.
    const shade = (share, alpha) => `hsla(${Math.round(120 * (share ?? 0))}, 60%, 46%, ${alpha})`;

    function map(canvas) {
        const wards = data("map");
        const most = Math.max(1, ...wards.map((ward) => ward.backlog));
        const points = wards.map((ward) => ({ x: ward.x, y: ward.y, r: 4 + 11 * Math.sqrt(ward.backlog / most) }));
        const axis = { display: false, grace: "4%" };
        return new Chart(canvas, {
            type: "bubble",
            data: { datasets: [{ data: points, backgroundColor: wards.map((ward) => shade(ward.share, 0.8)), borderColor: "#fff", borderWidth: 1 }] },
            options: base({
                interaction: { mode: "nearest", intersect: true },
                scales: { x: axis, y: axis },
                plugins: { legend: { display: false }, tooltip: { callbacks: { label: (item) => wards[item.dataIndex].text } } },
                onClick: (event, found) => { if (found.length) follow(wards[found[0].index].url); },
                onHover: (event, found) => { event.native.target.style.cursor = found.length ? "pointer" : "default"; },
            }),
        });
    }

    function flows(canvas) {
        const given = data("flows");
        const urls = [given.opened_urls, given.closed_urls];
        const bars = (values, colour) => ({ data: values, backgroundColor: colour, barPercentage: 0.9, categoryPercentage: 0.8 });
        return new Chart(canvas, {
            type: "bar",
            data: { labels: given.labels, datasets: [bars(given.opened, "#f59e0b"), bars(given.closed, "#1d4ed8")] },
            options: base({
                scales: {
                    x: { grid: { display: false }, ticks: Object.assign({ maxTicksLimit: 4, maxRotation: 0 }, quiet) },
                    y: { display: false, beginAtZero: true },
                },
                plugins: { legend: { display: false }, tooltip: { callbacks: { label: (item) => numbers.format(item.raw) } } },
                onClick: (event, found, chart) => {
                    const hit = chart.getElementsAtEventForMode(event, "nearest", { intersect: true }, true)[0];
                    if (hit) follow(urls[hit.datasetIndex][hit.index]);
                },
            }),
        });
    }

    const makers = { course, map, flows };
    document.addEventListener("DOMContentLoaded", () => {
        document.querySelectorAll("canvas[data-chart]").forEach((canvas) => makers[canvas.dataset.chart](canvas));
    });
})();
