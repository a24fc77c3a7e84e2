// Asks the server. What it answers comes back with its status; a connection that is gone is `Unreachable`.
const PATIENCE = 30000;

export class Unreachable extends Error {}

export function formToken() {
    const found = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
    return found ? found.slice("csrftoken=".length) : "";
}

export async function ask(path, { body, officer } = {}) {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), PATIENCE);
    const headers = { Accept: "application/json" };
    if (body !== undefined) {
        headers["X-CSRFToken"] = formToken();
        headers["X-Door-Officer"] = String(officer);
        headers["Content-Type"] = body instanceof Blob ? body.type : "application/json";
    }
    try {
        const answer = await fetch(document.body.dataset.base + path, {
            method: body === undefined ? "GET" : "POST",
            body: body === undefined || body instanceof Blob ? body : JSON.stringify(body),
            headers,
            cache: "no-store",
            credentials: "same-origin",
            redirect: "error",
            signal: giveUp.signal,
        });
        const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
        return { status: answer.status, said: isJson ? await answer.json() : null };
    } catch (error) {
        throw new Unreachable(String(error));
    } finally {
        clearTimeout(timer);
    }
}
