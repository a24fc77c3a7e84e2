// Asks the registers, and shows what they know as cards to declare from.
import { Unreachable, ask } from "./asking.js";
import { button, element, say } from "./words.js";

const hasLetters = (text) => /\p{L}/u.test(text);
const isPersonal = (text) => /^\d{9}(\d{3})?$/.test(text.replace(/[\s.-]/g, ""));

export class Finding {
    // `declare({subject, entry, values})` begins a declaration; the others hear what the line is like.
    constructor(place, { declare, reached, lost, signedOut }) {
        Object.assign(this, { place, declare, reached, lost, signedOut });
        this.asked = 0;
    }

    clear() {
        this.asked += 1;
        this.place.replaceChildren();
    }

    async look(text, name = "") {
        this.asked += 1;
        const mine = this.asked;
        const typed = { text, name };
        this.place.replaceChildren(element("p", "quiet", say("looking")));
        let shown;
        try {
            shown = this.shown(await ask(`lookup?q=${encodeURIComponent(text)}`), typed);
        } catch (error) {
            if (!(error instanceof Unreachable)) throw error;
            this.lost();
            shown = [element("p", "notice", say("offline_lookup")), ...this.byHand(typed)];
        }
        if (mine === this.asked) this.place.replaceChildren(...shown);
    }

    shown({ status, said }, typed) {
        if (status === 401) {
            this.signedOut();
            return this.byHand(typed);
        }
        this.reached();
        if (status === 200) return this.cards(said, typed);
        const words = element("p", "notice", said?.message || say("failed"));
        return status === 400 ? [words] : [words, ...this.byHand(typed)];
    }

    cards(known, typed) {
        const [person] = known.people;
        const name = typed.name || person?.name || "";
        const cards = known.people.map((one) => this.personCard(one));
        cards.push(...known.entries.map((entry) => this.entryCard(entry, { ...typed, name })));
        if (!cards.length) cards.push(element("p", "notice", say("not_found")));
        if (known.elsewhere) cards.push(element("p", "notice", say("elsewhere")));
        return [...cards, ...this.byHand({ ...typed, name }, known.entries.length > 0)];
    }

    personCard(person) {
        const card = element("div", "card");
        card.append(element("strong", "", person.name));
        const details = [person.number, person.born && say("born", { text: person.born })];
        card.append(element("span", "quiet", details.filter(Boolean).join(" · ")));
        return card;
    }

    entryCard(entry, typed) {
        const card = button("", "card", () => {
            this.declare({ subject: entry.subject, entry, values: this.declarant(typed) });
        });
        card.dataset.entry = entry.title;
        card.append(...entryLines(entry));
        return card;
    }

    // What is declared without an entry: not registered, of another unit, or not to be asked for now.
    byHand(typed, isFound = false) {
        const { text } = typed;
        const plate = hasLetters(text) ? text : "";
        const licence = hasLetters(text) ? "" : text;
        const vehicle = plate && !isFound ? say("declare_vehicle", { text }) : say("declare_a_vehicle");
        const other = licence && !isFound ? say("declare_licence", { text }) : say("declare_a_licence");
        const begin = (subject, values) => () => {
            this.declare({ subject, entry: null, values: { ...this.declarant(typed), ...values } });
        };
        return [
            button(vehicle, "plain", begin("vehicle", { plate: isFound ? "" : plate })),
            button(other, "plain", begin("licence", { licence_number: isFound ? "" : licence })),
        ];
    }

    declarant({ text, name }) {
        return { declarant_id: isPersonal(text) ? text : "", declarant_name: name };
    }
}

// An entry in a few lines: what it is, whose, in which state.
export function entryLines(entry) {
    const party = [entry.party, entry.party_number].filter(Boolean).join(" · ");
    const lines = [
        ["quiet", say(entry.subject)],
        ["title", entry.title],
        ["", entry.detail],
        ["", party],
        ["quiet", entry.status],
        ["quiet", entry.declared && say("last_declared", { text: entry.declared })],
    ];
    return lines.filter(([, text]) => text).map(([className, text]) => element("span", className, text));
}
