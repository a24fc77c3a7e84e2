// What the page says: written by the server in the officer's language, filled in here.
const table = JSON.parse(document.getElementById("door-words").textContent);

export function say(name, values = {}) {
    return table[name].replace(/\{(\w+)\}/g, (hole, key) => (key in values ? String(values[key]) : hole));
}

// An element with a class and text; nothing that came from a register or a person is ever read as markup.
export function element(tag, className = "", text = "") {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
}

export function button(text, className, act) {
    const made = element("button", `button ${className}`, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
}
