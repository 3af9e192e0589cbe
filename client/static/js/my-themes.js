/** My own themes: a room knows only the one it uses, these can be put on it. */

import { app } from "./app.js";

const mine = new Map();

document.addEventListener("news:themes", () => loadMyThemes().catch(() => {}));

/** The room's theme and mine, by name. */
export function allThemes() {
  return [...new Map([...mine, ...app.store.state.themes]).values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** Fetches mine anew; views that watch "themes" hear of it. */
export async function loadMyThemes() {
  const { items } = await app.api.get("/api/themes?limit=200");
  mine.clear();
  for (const theme of items) mine.set(theme.id, theme);
  app.store.change(["themes"], () => {});
}

/** Takes a theme that was just saved, before the news of it comes back. */
export function keepTheme(theme) {
  mine.set(theme.id, theme);
  app.store.change(["themes"], () => {});
}
