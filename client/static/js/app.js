// The one shared object: main.js fills it, views import it.

export const app = { store: null, commands: null, api: null };
