// What the Tablet lets through: on images that are here, as a question to the server, and in words; pure.

export const NO_FILTER = {
  show: "all",
  words: "",
  model: "",
  style: "",
  by: "",
  status: "",
  tag: "",
  until: "",
};

/** The filters that one chooses in the popover. */
export const CHOSEN = ["model", "style", "by", "status", "tag", "until"];

export const isPlain = (filter) => Object.keys(NO_FILTER).every((name) => filter[name] === NO_FILTER[name]);

/** How many of the popover's filters are on. */
export const countChosen = (filter) => CHOSEN.filter((name) => filter[name]).length;

const TESTS = {
  show: (image, show, { me }) =>
    show === "all" ||
    (show === "starred" ? image.starred_by.includes(me.user_id) : image.author_id === me.user_id),
  words: (image, words) => image.prompt.toLowerCase().includes(words.toLowerCase()),
  model: (image, model) => image.model === model,
  style: (image, id, { generations }) =>
    Boolean(generations.get(image.generation_id)?.styles.some((style) => style.id === id)),
  by: (image, id) => image.author_id === id,
  status: (image, status) => image.status === status,
  tag: (image, tag) => image.tags.includes(tag),
  until: (image, day) => image.created_at < endOf(day),
};

export const passes = (image, filter, state) =>
  Object.keys(TESTS).every((name) => !filter[name] || TESTS[name](image, filter[name], state));

/** The filter in the words of `GET …/images`. */
export function query(filter, state) {
  const asked = new URLSearchParams();
  if (filter.show === "starred") asked.set("starred", "true");
  if (filter.words) asked.set("q", filter.words);
  if (filter.until) asked.set("until", endOf(filter.until));
  for (const name of ["model", "style", "status", "tag"]) if (filter[name]) asked.set(name, filter[name]);
  const by = filter.show === "mine" ? state.me.user_id : filter.by;
  if (by) asked.set("by", by);
  return asked;
}

/** {line, hint} for a filter that lets nothing through; `byThumb` is the hint where there are no keys. */
export function nothingFound(filter) {
  if (filter.words) return { line: `No images match “${filter.words}”.`, hint: countChosen(filter) ? "Other filters are on too." : "" };
  if (filter.until && countChosen(filter) === 1) return { line: "There are no images from that day or before.", hint: "" };
  if (countChosen(filter)) return { line: "No images match this filter.", hint: "" };
  if (filter.show === "starred") {
    return { line: "No starred images.", hint: "Press . on an image to star it.", byThumb: "Hold an image, and press Star." };
  }
  return { line: "You have made no images here.", hint: "" };
}

/** The end of a local day, as the server writes times. */
function endOf(day) {
  const end = new Date(`${day}T00:00:00`);
  end.setDate(end.getDate() + 1);
  return end.toISOString();
}
