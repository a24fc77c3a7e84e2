// The declaration itself: filled in from a register's entry or by hand, corrected, and read out again.
import { entryLines } from "./finding.js";
import { element, say } from "./words.js";

const NAMED_BY = { vehicle: "plate", licence: "licence_number" };
const OF_ENTRY = ["plate", "vehicle_kind", "plate_colour", "licence_number", "licence_class"];

export class Form {
    constructor(form, photographs) {
        this.form = form;
        this.photographs = photographs;
        form.addEventListener("change", (event) => {
            if (event.target.name === "usage_status") this.showOtherSide();
        });
        // "Go" on a telephone's keyboard ends typing, not the declaration: there may be papers to photograph.
        form.addEventListener("keydown", (event) => {
            if (event.key !== "Enter" || !event.target.matches("input:not([type=file])")) return;
            event.preventDefault();
            event.target.blur();
        });
        this.find("[data-party]").addEventListener("click", () => {
            this.field("declarant_name").value = this.entry.party;
        });
    }

    find(selector) { return this.form.querySelector(selector); }

    field(name) { return this.form.elements.namedItem(name); }

    // `declaration`: a kept one that is corrected, or null for a new one.
    begin({ subject, entry, values, declaration = null, photographs = declaration?.photographs }) {
        Object.assign(this, { subject, entry, declaration });
        this.form.reset();
        this.find("details").open = false;
        this.isFixed = Boolean(declaration?.received);
        for (const part of this.form.querySelectorAll("fieldset")) {
            part.hidden = this.isOfAnother(part.dataset);
            part.disabled = part.hidden || this.isShut(part);
        }
        for (const [name, value] of Object.entries(values)) this.fill(name, value);
        this.photographs.put(photographs ?? []);
        this.showEntry();
        this.showOtherSide();
        this.tell(declaration ? declaration.errors : []);
    }

    // A part for another kind of entry, or for what the register says already.
    isOfAnother({ of, byHand }) {
        return of !== undefined && (of !== this.subject || (byHand !== undefined && !this.isByHand()));
    }

    // Nothing was found to declare from, or an old paper licence that the register has without a number.
    isByHand() { return !this.entry?.[NAMED_BY[this.subject]]; }

    // What the server has of it stands; only its photographs may still change.
    isShut(part) { return this.isFixed && !part.contains(this.photographs.list); }

    fill(name, value) {
        if (name === "usage_status") {
            const choice = this.find(`[data-of="${this.subject}"] input[value="${value}"]`);
            if (choice) choice.checked = true;
        } else if (value && this.field(name)) {
            this.field(name).value = value;
        }
    }

    showEntry() {
        const { entry } = this;
        const place = this.find("[data-entry]");
        place.hidden = entry === null;
        place.replaceChildren(...(entry ? entryLines(entry) : []));
        const party = this.find("[data-party]");
        party.hidden = !entry?.party_is_person;
        party.textContent = entry ? say("party_declares", { name: entry.party }) : "";
    }

    showOtherSide() {
        const other = this.find("[data-other-side]");
        const statuses = this.find(".statuses").dataset.withOtherSide.split(" ");
        other.hidden = this.subject !== "vehicle" || !statuses.includes(this.status());
        other.disabled = other.hidden || this.isShut(other);
    }

    status() { return new FormData(this.form).get("usage_status") || ""; }

    // What is wrong, above the fields; the first field concerned is where the officer goes on.
    tell(errors) {
        const place = this.find("[data-errors]");
        place.hidden = errors.length === 0;
        place.replaceChildren(...errors.map((error) => element("li", "", error.message)));
        for (const field of this.form.elements) field.removeAttribute("aria-invalid");
        const wrong = errors.map((error) => this.field(error.field)).filter((field) => field instanceof HTMLElement);
        for (const field of wrong) {
            field.setAttribute("aria-invalid", "true");
            field.closest("details")?.setAttribute("open", "");
        }
        if (errors.length) (wrong[0] || place).scrollIntoView({ block: "center" });
    }

    // What is missing is said here; what is wrong, the server says.
    isComplete() {
        if (this.isFixed) return true;
        this.tell([]);
        const wanted = [this.field("declarant_name"), ...this.wantedByHand()];
        const missing = wanted.find((field) => !field.value.trim());
        if (!this.status()) {
            this.tell([{ field: "", message: say("choose_status") }]);
            return false;
        }
        if (!missing) return true;
        missing.setAttribute("aria-invalid", "true");
        missing.focus();
        missing.scrollIntoView({ block: "center" });
        return false;
    }

    wantedByHand() {
        return this.isByHand() ? [this.field(NAMED_BY[this.subject])] : [];
    }

    // All there is so far, as `begin` takes it.
    draft() {
        const { subject, entry, declaration } = this;
        const values = Object.fromEntries([...new FormData(this.form)]);
        return { subject, entry, declaration, values, photographs: this.photographs.taken };
    }

    // The columns of a declaration, without those that say nothing.
    said() {
        const filled = [...new FormData(this.form)].map(([name, value]) => [name, String(value).trim()]);
        const ofEntry = this.entry ? OF_ENTRY.map((name) => [name, this.entry[name]]) : [];
        const columns = [["subject", this.subject], ...ofEntry, ...filled].filter(([, value]) => value);
        return Object.fromEntries(columns);
    }

    label() {
        const said = this.said();
        return `${say(this.subject)} ${said[NAMED_BY[this.subject]]}`;
    }
}
