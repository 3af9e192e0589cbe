/** Styles and themes, side by side: what the editor does with each. */

import { app } from "../app.js";
import { coverOfStyle } from "../covers.js";
import { styleFacts, themeFacts } from "../facts.js";
import { allThemes } from "../my-themes.js";

const placing = (style) => (style.positive.includes("{prompt}") ? "around the prompt" : "appended");

export const KINDS = {
  styles: {
    one: "style",
    fields: ["name", "positive", "negative", "cfg_scale", "steps", "seed"],
    empty: "No styles yet. A style says how a picture is made.",
    create: "createStyle",
    update: "updateStyle",
    delete: "deleteStyle",
    apply: ["Put it on my prompt", "Take it off my prompt"],
    all: () => [...app.store.state.styles.values()].sort((a, b) => a.name.localeCompare(b.name)),
    facts: (style) => styleFacts(style) || placing(style),
    cover: ({ id }) => coverOfStyle(id),
    isWorn: (id) => (app.draft.current.settings.style_ids ?? []).includes(id),
  },
  themes: {
    one: "theme",
    fields: ["name", "base_prompt", "description"],
    empty: "No themes yet. A theme is the world of a workspace.",
    create: "createTheme",
    update: "updateTheme",
    delete: "deleteTheme",
    apply: ["Use in this workspace", "Take it off this workspace"],
    all: allThemes,
    facts: (theme) => themeFacts(theme, app.store.state.workspace),
    cover: () => "",
    isWorn: (id) => app.store.state.workspace.theme_id === id,
  },
};
