/** My own themes: a room knows only the one it uses, these can be put on it. */

import { app } from "./app.js";
import { isMe } from "./people.js";

const mine = new Map();
let known = false;

document.addEventListener("news:themes", () => loadMyThemes().catch(() => {}));

/** The room's themes and mine, by name. Of mine the room knows only what they were while it used them. */
export function allThemes() {
  const others = [...app.store.state.themes].filter(([, theme]) => !known || !isMe(theme.owner_id));
  return [...new Map([...mine, ...others]).values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** Fetches mine anew; views that watch "themes" hear of it. */
export async function loadMyThemes() {
  const { items } = await app.api.get("/api/themes?limit=200");
  known = true;
  mine.clear();
  for (const theme of items) mine.set(theme.id, theme);
  app.store.change(["themes"], () => {});
}

/** Takes a theme that was just saved, before the news of it comes back. */
export function keepTheme(theme) {
  mine.set(theme.id, theme);
  app.store.change(["themes"], () => {});
}
