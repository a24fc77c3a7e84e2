// The list of what is kept on this telephone: what waits, what is on its way, what must be corrected.
import { forget, keptBy } from "./keeping.js";
import { button, element, say } from "./words.js";

export class Waiting {
    constructor(officer, { place, count, list, correct, current }) {
        Object.assign(this, { officer, place, count, list, correct, current });
    }

    async show() {
        const rows = await keptBy(this.officer.id);
        const refused = rows.filter((row) => row.state === "refused").length;
        const counts = [
            rows.length > refused ? say("waiting", { count: rows.length - refused }) : "",
            refused ? say("refused", { count: refused }) : "",
        ];
        this.place.dataset.count = rows.length;
        this.place.hidden = rows.length === 0;
        this.place.classList.toggle("bad", refused > 0);
        this.count.textContent = counts.filter(Boolean).join(" · ");
        this.list.replaceChildren(...rows.map((row) => this.line(row)));
    }

    line(row) {
        const line = element("li");
        line.append(element("strong", "", row.label), element("span", "quiet", this.state(row)));
        for (const error of row.errors) line.append(element("span", "wrong", error.message));
        if (row.state !== "refused") return line;
        const choices = element("span", "pair");
        choices.append(
            button(say("correct"), "small", () => { this.place.open = false; this.correct(row); }),
            button(say("discard"), "small", () => this.discard(row)),
        );
        line.append(choices);
        return line;
    }

    state(row) {
        if (row.state === "refused") return say("state_refused");
        if (row.id === this.current()) return say("state_sending");
        const left = row.photographs.filter((photograph) => !photograph.sent).length;
        return row.received ? say("state_photographs", { count: left }) : say("state_waiting");
    }

    async discard(row) {
        if (!window.confirm(say("discard_sure"))) return;
        await forget(row.id);
        await this.show();
    }
}
