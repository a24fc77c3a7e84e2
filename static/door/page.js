// The page at the door: find, declare, done, next. Every declaration is kept on the telephone first and sent from
// there, so that a connection that comes and goes makes no difference.
import { Finding } from "./finding.js";
import { Form } from "./form.js";
import { draftOf, forgetDraft, keepDraft, keepFinished, newId } from "./keeping.js";
import { OFFLINE, READY, SIGNED_OUT, UNKNOWN, isStill, now, whoIsHere } from "./officer.js";
import { Photographs } from "./photographs.js";
import { canScan, scan } from "./scanning.js";
import { LOST, OTHER_OFFICER, SIGNED_OUT as SESSION_ENDED, Sending } from "./sending.js";
import { Waiting } from "./waiting.js";
import { element, say } from "./words.js";

const find = (selector) => document.querySelector(selector);

function showStep(name) {
    for (const section of document.querySelectorAll("[data-step]")) section.hidden = section.dataset.step !== name;
    window.scrollTo(0, 0);
}

const LINE_WORDS = { [OFFLINE]: "offline", [SIGNED_OUT]: "signed_out", [UNKNOWN]: "sign_in_first" };

function showLine(line) {
    const place = find("[data-line]");
    place.hidden = line === READY;
    place.dataset.line = line;
    if (line === READY) return;
    place.replaceChildren(say(LINE_WORDS[line]));
    if (line === OFFLINE) return;
    const link = element("a", "button small", say("sign_in"));
    link.href = document.body.dataset.signIn;
    place.append(" ", link);
}

async function begin(officer) {
    let shown = null; // the declaration whose end the last step tells

    const photographs = new Photographs(find("[data-photographs]"), find("#door-photograph"), {
        changed: keepDraftSoFar,
        refused: () => form.tell([{ field: "", message: say("no_photograph") }]),
    });
    const form = new Form(find("form[data-declare]"), photographs);
    const declare = (what) => { form.begin(what); showStep("declare"); };

    const finding = new Finding(find("[data-found]"), {
        declare,
        reached: () => showLine(READY),
        lost: () => showLine(OFFLINE),
        signedOut: () => showLine(SIGNED_OUT),
    });

    const sending = new Sending(officer, { changed, sent });
    const waiting = new Waiting(officer, {
        place: find("[data-waiting]"),
        count: find("[data-waiting-count]"),
        list: find("[data-waiting-list]"),
        current: () => sending.current,
        correct: (row) => declare({ subject: row.said.subject, entry: null, values: row.said, declaration: row }),
    });

    // The camera may make a small telephone close the page: it goes on where it was.
    function keepDraftSoFar() {
        keepDraft({ officer: officer.id, ...form.draft() }).catch(() => null); // told when it is finished
    }

    function backToFinding() {
        forgetDraft(officer.id);
        showStep("find");
    }

    async function changed(line) {
        if (line === OTHER_OFFICER) { window.location.reload(); return; }
        if (line === LOST) showLine(OFFLINE);
        if (line === SESSION_ENDED) showLine(SIGNED_OUT);
        await waiting.show();
    }

    function sent(declaration) {
        showLine(READY);
        if (declaration.id === shown) find("[data-done]").textContent = say("sent");
    }

    async function keepWhatWasSaid() {
        const { declaration } = form;
        const isReceived = Boolean(declaration?.received);
        const row = {
            // What was refused is said anew, under another id.
            id: isReceived ? declaration.id : newId(),
            officer: officer.id,
            made: declaration ? declaration.made : Date.now(),
            label: isReceived ? declaration.label : form.label(),
            said: isReceived ? declaration.said : { ...form.said(), declared_at: now(officer) },
            photographs: await photographs.all(),
            state: "waiting",
            received: isReceived,
            errors: [],
        };
        await keepFinished(row, declaration);
        return row.id;
    }

    async function finish(event) {
        event.preventDefault();
        const submit = find("form[data-declare] [type=submit]");
        if (!form.isComplete()) return;
        submit.disabled = true;
        try {
            shown = await keepWhatWasSaid();
        } catch {
            form.tell([{ field: "", message: say("not_kept") }]);
            return;
        } finally {
            submit.disabled = false;
        }
        find("[data-done]").textContent = say("kept");
        await waiting.show();
        showStep("done");
        sending.start();
    }

    function next() {
        finding.clear();
        find("form[data-find]").reset();
        showStep("find");
        find("#door-q").focus();
    }

    async function scanInto(name) {
        const code = await scan(find("[data-scanner]"));
        if (!code) return;
        if (name === "q") {
            find("#door-q").value = code.number;
            finding.look(code.number, code.name);
            return;
        }
        form.field("declarant_id").value = code.number;
        if (code.name) form.field("declarant_name").value = code.name;
    }

    find("form[data-find]").addEventListener("submit", (event) => {
        event.preventDefault();
        find("#door-q").blur(); // the keyboard would cover what is found
        finding.look(find("#door-q").value.trim());
    });
    find("form[data-declare]").addEventListener("submit", finish);
    find("form[data-declare]").addEventListener("change", keepDraftSoFar);
    find("[data-back]").addEventListener("click", backToFinding);
    find("[data-next]").addEventListener("click", next);
    find("[data-scanner-close]").addEventListener("click", () => find("[data-scanner]").close());
    for (const opener of document.querySelectorAll("[data-scan]")) {
        opener.hidden = !canScan;
        opener.addEventListener("click", () => scanInto(opener.dataset.scan));
    }
    document.addEventListener("visibilitychange", () => {
        // Somebody else has signed in, or nobody is: what is kept is not theirs to see.
        if (!document.hidden && !isStill(officer)) window.location.reload();
    });
    window.addEventListener("online", async () => {
        const { officer: present, line } = await whoIsHere();
        if (present?.id === officer.id) showLine(line);
        else window.location.reload();
    });

    find("[data-who]").textContent = officer.name;
    find("[data-steps]").hidden = false;
    const draft = await draftOf(officer.id).catch(() => undefined);
    if (draft) declare(draft);
    else showStep("find");
    waiting.show();
    sending.start();
}

async function open() {
    if ("serviceWorker" in navigator) {
        navigator.serviceWorker.register(document.body.dataset.worker).catch(() => null); // only over HTTPS
    }
    const { officer, line } = await whoIsHere();
    showLine(line);
    if (officer) await begin(officer);
}

open();
