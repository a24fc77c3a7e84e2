// Reads the code of a card by the browser's own detector; where there is none, no button offers it.
import { say } from "./words.js";

const EVERY = 200;
const FORMATS = ["qr_code", "code_128", "code_39", "pdf417", "data_matrix"];

export const canScan = "BarcodeDetector" in window && Boolean(navigator.mediaDevices?.getUserMedia);

// A citizen card: number|former number|name|birth|sex|address|issued. Others: a number or plate among other text.
export function understood(text) {
    const parts = text.split("|");
    if (/^\d{12}$/.test(parts[0])) return { number: parts[0], name: parts[2] || "" };
    const number = text.match(/(?<!\d)\d{12}(?!\d)/);
    return { number: number ? number[0] : text.trim().slice(0, 60), name: "" };
}

const pause = () => new Promise((resolve) => { setTimeout(resolve, EVERY); });

async function firstCode(video, isOpen) {
    const known = await BarcodeDetector.getSupportedFormats();
    const detector = new BarcodeDetector({ formats: FORMATS.filter((format) => known.includes(format)) });
    while (isOpen()) {
        const [code] = await detector.detect(video);
        if (code?.rawValue) return code.rawValue;
        await pause();
    }
    return null;
}

// What the first code before the camera says, or null when the officer closes it or there is no camera.
export async function scan(dialog) {
    const video = dialog.querySelector("video");
    const words = dialog.querySelector("[data-scanner-words]");
    words.textContent = say("point_camera");
    dialog.showModal();
    let stream = null;
    try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
        video.srcObject = stream;
        await video.play();
        const code = await firstCode(video, () => dialog.open);
        dialog.close();
        return code && understood(code);
    } catch {
        words.textContent = say("no_camera");
        return null;
    } finally {
        stream?.getTracks().forEach((track) => track.stop());
        video.srcObject = null;
    }
}
