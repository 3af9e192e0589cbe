// The contact sheet as one labelled picture, drawn here and saved as a PNG.

import { wish } from "../dom.js";
import { sheetOf } from "../sheet.js";
import { viewOf } from "./sheet-view.js";

const FRAME = 480,
  GAP = 12,
  EDGE = 40,
  HEAD = 96,
  LINE = 28,
  MOST_LINES = 3,
  LABEL = 44,
  SIDE = 200,
  MOST_PIXELS = 60e6;

/** Draws what the sheet shows now, prompt and values beside the pictures, and offers it as a file. */
export async function savePicture({ generation, images }) {
  const model = sheetOf(generation, images, viewOf(generation.id));
  const plan = planOf(model, images, generation.template);
  try {
    const pictures = await Promise.all(plan.cells.map(async (cell) => ({ ...cell, img: await loaded(cell.image) })));
    const canvas = drawn(plan, pictures, model);
    saveBlob(await new Promise((done) => canvas.toBlob(done, "image/png")), "contact-sheet.png");
  } catch {
    wish("toast", { text: "The sheet could not be drawn: a picture did not load. Try again.", tone: "danger" });
  }
}

/** Where everything stands, in pixels; a very large sheet is drawn smaller. */
function planOf({ rows, columns, at }, images, template) {
  const { width, height } = images.find((image) => image.width && image.height);
  const across = columns?.shown ?? [null],
    down = rows?.shown ?? [null];
  const side = rows ? SIDE : 0;
  const frame = { width: FRAME, height: Math.round((FRAME * height) / width) };
  const x = (column) => EDGE + side + column * (frame.width + GAP);
  const title = lines(template, x(across.length) - GAP - EDGE);
  const head = HEAD + (title.length - 1) * LINE;
  const y = (row) => head + LABEL + row * (frame.height + GAP);
  const cells = down.flatMap((row, r) =>
    across.map((column, c) => ({ image: at(row, column), x: x(c), y: y(r) })).filter((cell) => cell.image?.thumbs["768"]),
  );
  const whole = { width: x(across.length) - GAP + EDGE, height: y(down.length) - GAP + EDGE };
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (whole.width * whole.height)));
  return { across, down, frame, x, y, cells, whole, scale, title, head };
}

async function loaded(image) {
  const img = new Image();
  img.src = image.thumbs["768"];
  await img.decode();
  return img;
}

function drawn({ across, down, frame, x, y, whole, scale, title, head }, pictures, { pages }) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(whole.width * scale);
  canvas.height = Math.round(whole.height * scale);
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  const ink = inks();
  pen.fillStyle = ink.bed;
  pen.fillRect(0, 0, whole.width, whole.height);
  const write = (text, left, top, width, look) => {
    pen.font = look.font;
    pen.fillStyle = look.color;
    pen.fillText(shortened(pen, text, width), left, top);
  };
  title.forEach((line, at) => write(line, EDGE, EDGE + 20 + at * LINE, whole.width - 2 * EDGE, ink.title));
  const turned = pages.map(({ label, current }) => `${label}: ${current || "nothing"}`).join(", ");
  write(turned, EDGE, head - 8, whole.width - 2 * EDGE, ink.value);
  across.forEach((value, at) => write(nameOf(value), x(at), head + 26, frame.width, ink.value));
  down.forEach((value, at) => write(nameOf(value), EDGE, y(at) + 24, SIDE - GAP, ink.value));
  for (const { img, x: left, y: top } of pictures) cover(pen, img, left, top, frame);
  return canvas;
}

const nameOf = (value) => (value === null ? "" : value || "nothing");

function inks() {
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  return {
    bed: token("--bg-0"),
    title: { font: `600 22px ${token("--font")}`, color: token("--text-1") },
    value: { font: `450 18px ${token("--font")}`, color: token("--text-2") },
  };
}

/** The prompt in as many lines as it needs, up to three; the last one is cut where it does not fit. */
function lines(text, width) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = inks().title.font;
  const found = [""];
  for (const word of text.trim().split(/\s+/)) {
    const longer = `${found.at(-1)} ${word}`.trim();
    const fits = !found.at(-1) || pen.measureText(longer).width <= width;
    if (fits || found.length === MOST_LINES) found[found.length - 1] = longer;
    else found.push(word);
  }
  return found;
}

function shortened(pen, text, width) {
  if (pen.measureText(text).width <= width) return text;
  let kept = text;
  while (kept && pen.measureText(`${kept}…`).width > width) kept = kept.slice(0, -1);
  return `${kept}…`;
}

function cover(pen, img, left, top, frame) {
  const ratio = Math.max(frame.width / img.naturalWidth, frame.height / img.naturalHeight);
  const width = frame.width / ratio,
    height = frame.height / ratio;
  const from = [(img.naturalWidth - width) / 2, (img.naturalHeight - height) / 2];
  pen.drawImage(img, ...from, width, height, left, top, frame.width, frame.height);
}

function saveBlob(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
