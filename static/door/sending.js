// Sends what is kept, in its order, until the server has it: declaration first, then its photographs. A lost
// answer is no harm: the server knows the id again, and a photograph by its content.
import { Unreachable, ask } from "./asking.js";
import { forget, keep, kept, keptBy } from "./keeping.js";
import { say } from "./words.js";

const SHORTEST_WAIT = 1000;
const LONGEST_WAIT = 60000;

// What the line is like after an attempt.
export const OPEN = "open";
export const LOST = "lost";
export const SIGNED_OUT = "signed_out";
export const OTHER_OFFICER = "other_officer";

const TAKEN = [200, 201];
// The declaration itself is wrong: an officer corrects it. Everything else is tried again.
const REFUSED = [400, 403, 409, 413, 422];

export class Sending {
    // `changed(line)` hears of every step, `sent()` of each declaration that has arrived whole.
    constructor(officer, { changed, sent }) {
        Object.assign(this, { officer, changed, sent });
        this.failures = 0;
        this.timer = 0;
        this.underWay = false;
        this.again = false;
        this.current = null;
        window.addEventListener("online", () => this.start());
        document.addEventListener("visibilitychange", () => { if (!document.hidden) this.start(); });
    }

    // One turn at a time, in one window at a time.
    async start() {
        clearTimeout(this.timer);
        if (this.underWay) { this.again = true; return; }
        this.underWay = true;
        this.again = false;
        try {
            const turn = () => this.turn();
            await (navigator.locks ? navigator.locks.request(`door-${this.officer.id}`, turn) : turn());
        } finally {
            this.underWay = false;
        }
        if (this.again) this.start();
    }

    async turn() {
        let line = OPEN;
        for (const { id } of await keptBy(this.officer.id)) {
            line = await this.send(id);
            if (line !== OPEN) break;
        }
        this.current = null;
        this.failures = line === LOST ? this.failures + 1 : 0;
        if (line === LOST) {
            const wait = Math.min(SHORTEST_WAIT * 2 ** (this.failures - 1), LONGEST_WAIT);
            this.timer = setTimeout(() => this.start(), wait);
        }
        await this.changed(line);
    }

    // Read anew: another window may have sent or corrected it meanwhile.
    async send(id) {
        const declaration = await kept(id);
        if (!declaration || declaration.state !== "waiting") return OPEN;
        this.current = id;
        await this.changed(null);
        try {
            let line = declaration.received ? OPEN : await this.sendWords(declaration);
            for (const photograph of declaration.photographs) {
                if (line !== OPEN || declaration.state !== "waiting") return line;
                if (!photograph.sent) line = await this.sendPhotograph(declaration, photograph);
            }
            if (line !== OPEN || declaration.state !== "waiting") return line;
            await forget(id);
            this.sent(declaration);
            return OPEN;
        } catch (error) {
            if (!(error instanceof Unreachable)) throw error;
            return LOST;
        }
    }

    async sendWords(declaration) {
        const body = { ...declaration.said, external_id: declaration.id };
        const answer = await ask("declarations", { body, officer: this.officer.id });
        if (TAKEN.includes(answer.status)) declaration.received = true;
        return this.settle(declaration, answer);
    }

    async sendPhotograph(declaration, photograph) {
        const path = `declarations/${declaration.id}/photographs`;
        const answer = await ask(path, { body: photograph.blob, officer: this.officer.id });
        if (TAKEN.includes(answer.status)) photograph.sent = true;
        // The server does not have it after all: the declaration goes first again.
        if (answer.status === 404) declaration.received = false;
        return this.settle(declaration, answer, photograph);
    }

    // Keep what came of one step. Returns what the line is like.
    async settle(declaration, { status, said }, photograph = null) {
        if (status === 401 || (status === 403 && !said)) return SIGNED_OUT;
        if (said?.error === OTHER_OFFICER) return OTHER_OFFICER;
        if (said && REFUSED.includes(status)) {
            declaration.state = "refused";
            declaration.errors = said.errors?.length ? said.errors : [{ field: "", message: said.message }];
            if (photograph) declaration.errors[0].message = this.named(declaration, photograph, said.message);
        } else if (!TAKEN.includes(status) && status !== 404) {
            return LOST;
        }
        await keep(declaration);
        return status === 404 ? LOST : OPEN;
    }

    // An officer with three photographs must know which is meant.
    named(declaration, photograph, message) {
        return `${say("photograph", { number: declaration.photographs.indexOf(photograph) + 1 })}: ${message}`;
    }
}
