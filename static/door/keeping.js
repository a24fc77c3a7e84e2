// What was taken and not yet sent, kept on this telephone in IndexedDB, each under its officer's id.
//
// A row: {id, officer, made, label, said, photographs: [{id, blob, sent}], state: "waiting" | "refused",
// received, errors: [{field, message}]}. It is removed once the server has all of it.
//
// Beside it the draft of each officer: {officer, subject, entry, values, photographs, declaration}.
const NAME = "door";
const TABLE = "declarations";
const DRAFTS = "drafts";
let opened = null;

function database() {
    opened ??= new Promise((resolve, reject) => {
        const request = indexedDB.open(NAME, 1);
        request.onupgradeneeded = () => {
            request.result.createObjectStore(TABLE, { keyPath: "id" }).createIndex("officer", "officer");
            request.result.createObjectStore(DRAFTS, { keyPath: "officer" });
        };
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => { opened = null; reject(request.error); };
    });
    return opened;
}

function finished(transaction) {
    return new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
}

async function within(mode, work, table = TABLE) {
    const transaction = (await database()).transaction(table, mode, { durability: "strict" });
    const request = work(transaction.objectStore(table));
    await finished(transaction);
    return request.result;
}

export const keep = (declaration) => within("readwrite", (table) => table.put(declaration));

// A draft becomes a declaration that waits, in place of the refused one it corrects: all of it or nothing.
export async function keepFinished(declaration, refused) {
    const transaction = (await database()).transaction([TABLE, DRAFTS], "readwrite", { durability: "strict" });
    const declarations = transaction.objectStore(TABLE);
    if (refused) declarations.delete(refused.id);
    declarations.put(declaration);
    transaction.objectStore(DRAFTS).delete(declaration.officer);
    await finished(transaction);
    // The browser should not clear it when memory runs short; whether it agrees is not waited for.
    navigator.storage?.persist?.();
}

export const forget = (id) => within("readwrite", (table) => table.delete(id));

export const kept = (id) => within("readonly", (table) => table.get(id));

// This officer's, and nobody else's, in the order in which they were taken.
export async function keptBy(officer) {
    const rows = await within("readonly", (table) => table.index("officer").getAll(officer));
    return rows.sort((one, other) => one.made - other.made);
}

export const keepDraft = (draft) => within("readwrite", (table) => table.put(draft), DRAFTS);

export const draftOf = (officer) => within("readonly", (table) => table.get(officer), DRAFTS);

export const forgetDraft = (officer) => within("readwrite", (table) => table.delete(officer), DRAFTS);

// An id that no other telephone makes; `randomUUID` is there only over HTTPS.
export function newId() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}
