/** What a model can do, as choices and as words for the screen. */

const RATIOS = ["1:1", "4:3", "3:2", "16:9", "21:9", "3:4", "4:5", "2:3", "9:16"];
const FIELDS = { negative: "the negative prompt", seed: "the seed", steps: "steps", cfg_scale: "the CFG scale" };
const NATIVE = 1024;
const QUICK = 512;

/** Whether the model reads a field of the request. */
export function reads(model, field) {
  const value = model?.capabilities[field];
  return field === "samplers" ? value?.length > 0 : Boolean(value);
}

/** "Flux dev ignores the negative prompt.", or "" when the model reads it. */
export function ignoresWords(model, field) {
  return !model || reads(model, field) ? "" : `${model.name} ignores ${FIELDS[field] ?? "this"}.`;
}

/** "ignores the negative prompt and steps", or "". */
export function ignoredLine(model) {
  const ignored = Object.keys(FIELDS)
    .filter((field) => !reads(model, field))
    .map((field) => FIELDS[field]);
  if (!ignored.length) return "";
  const last = ignored.pop();
  return `ignores ${ignored.length ? `${ignored.join(", ")} and ${last}` : last}`;
}

/** The sizes one can choose: `[{ratio, width, height}]`, the model's own choices or presets inside its range. */
export function sizesOf(model) {
  const size = model?.capabilities.size;
  if (!size) return [];
  if (size.choices) return size.choices.map(([width, height]) => ({ ratio: ratioOf(width, height), width, height }));
  const seen = new Set();
  return RATIOS.map((ratio) => preset(ratio, size)).filter(({ width, height }) => {
    const fits = !seen.has(`${width}x${height}`);
    seen.add(`${width}x${height}`);
    return fits;
  });
}

/** "3:2" for 1216 × 832: the nearest familiar ratio, or the numbers in lowest terms. */
export function ratioOf(width, height) {
  const value = width / height;
  const near = RATIOS.map((ratio) => [ratio, Math.abs(Math.log(shape(ratio) / value))]).sort((a, b) => a[1] - b[1])[0];
  if (near[1] < 0.04) return near[0];
  const divisor = common(width, height);
  return `${width / divisor}:${height / divisor}`;
}

/** The size a model would take for a wish: the wish itself when it fits, else its choice of the nearest shape. */
export function fitSize(model, width, height) {
  const sizes = sizesOf(model);
  const range = model?.capabilities.size;
  if (!width || !height) return sizes[0] ?? null;
  if (range && !range.choices && [width, height].every((side) => within(side, range))) {
    return { ratio: ratioOf(width, height), width, height };
  }
  const distance = (size) => Math.abs(Math.log(size.width / size.height) - Math.log(width / height));
  return sizes.toSorted((a, b) => distance(a) - distance(b))[0] ?? null;
}

/** A size for a quick look: the shape of width × height (square without them), its long edge about 512 px. */
export function smallSize(model, width, height) {
  const range = model?.capabilities.size;
  const wide = width && height ? width / height : 1;
  if (!range || range.choices) {
    const away = (size) => Math.abs(Math.log(size.width / size.height / wide));
    return sizesOf(model).toSorted((a, b) => away(a) - away(b) || a.width * a.height - b.width * b.height)[0] ?? null;
  }
  const edge = (share) => onGrid(QUICK * share, range);
  return { width: edge(Math.min(1, wide)), height: edge(Math.min(1, 1 / wide)) };
}

const shape = (ratio) => ratio.split(":").reduce((width, height) => width / height);
const common = (a, b) => (b ? common(b, a % b) : a);
const within = (side, { min, max, step }) => side >= min && side <= max && (side - min) % step === 0;

function preset(ratio, range) {
  const { max, default: usual } = range;
  const area = usual ? usual[0] * usual[1] : Math.min(NATIVE, max) ** 2;
  const width = onGrid(Math.sqrt(area * shape(ratio)), range);
  return { ratio, width, height: onGrid(width / shape(ratio), range) };
}

function onGrid(side, { min, max, step }) {
  const steps = Math.round((Math.min(max, Math.max(min, side)) - min) / step);
  return min + Math.min(steps, Math.floor((max - min) / step)) * step;
}
