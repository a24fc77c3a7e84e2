// Who works here. Without a connection it is whoever signed in last on this telephone, as long as the form token
// is the same: signing in and signing out both give another one.
import { Unreachable, ask, formToken } from "./asking.js";

const KEY = "door-officer";

export const READY = "ready";
export const OFFLINE = "offline";
export const SIGNED_OUT = "signed_out";
export const UNKNOWN = "unknown";

function remembered() {
    const officer = JSON.parse(localStorage.getItem(KEY) || "null");
    return officer && officer.token === formToken() ? officer : null;
}

function remember(said) {
    const officer = { id: said.id, name: said.name, token: formToken(), ahead: Date.now() - Date.parse(said.now) };
    localStorage.setItem(KEY, JSON.stringify(officer));
    return officer;
}

export async function whoIsHere() {
    try {
        const { status, said } = await ask("officer");
        if (status === 200) return { officer: remember(said), line: READY };
        const officer = remembered();
        return { officer, line: officer ? SIGNED_OUT : UNKNOWN };
    } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
        const officer = remembered();
        return { officer, line: officer ? OFFLINE : UNKNOWN };
    }
}

export const isStill = (officer) => officer.token === formToken();

// The time by the server's clock: a telephone's own may be wrong by hours.
export const now = (officer) => new Date(Date.now() - officer.ahead).toISOString();
