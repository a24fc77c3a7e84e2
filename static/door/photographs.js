// Photographs of papers: made smaller on the telephone before they are kept, shown, and taken away again.
import { button, element, say } from "./words.js";
import { newId } from "./keeping.js";

const LONGEST_SIDE = 2000;
const QUALITY = 0.82;

async function shrunk(file) {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = element("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return new Promise((resolve, reject) => {
        canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/jpeg", QUALITY);
    });
}

export class Photographs {
    // `changed()` and `refused()` hear of a photograph that came or went, and of a file that is none.
    constructor(list, input, { changed, refused }) {
        Object.assign(this, { list, changed });
        this.taken = [];
        this.working = Promise.resolve();
        input.addEventListener("change", () => {
            const files = [...input.files];
            input.value = "";
            this.working = this.working.then(() => this.add(files, refused));
        });
    }

    async add(files, refused) {
        for (const file of files) {
            try {
                this.taken.push({ id: newId(), blob: await shrunk(file), sent: false });
            } catch {
                refused();
            }
        }
        this.show();
        this.changed();
    }

    // All that was taken so far, the last one made smaller.
    async all() {
        await this.working;
        return this.taken;
    }

    put(taken) {
        this.taken = taken;
        this.show();
    }

    show() {
        for (const image of this.list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
        this.list.replaceChildren(...this.taken.map((photograph, place) => this.line(photograph, place + 1)));
    }

    line(photograph, number) {
        const line = element("li");
        const image = element("img");
        image.src = URL.createObjectURL(photograph.blob);
        image.alt = say("photograph", { number });
        const remove = () => {
            this.put(this.taken.filter((other) => other !== photograph));
            this.changed();
        };
        line.append(image, button(say("remove"), "small", remove));
        return line;
    }
}
