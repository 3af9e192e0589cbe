// The names and fields of everything the socket carries; a test compares them with server/protocol/.

export const EVENTS = {
  "workspace.updated": ["workspace"],
  "workspace.deleted": ["id"],
  "member.added": ["member"],
  "member.updated": ["member"],
  "member.removed": ["user_id"],
  "message.created": ["message"],
  "message.updated": ["message"],
  "message.deleted": ["id"],
  "generation.created": ["generation", "images"],
  "image.updated": ["image"],
  "image.restored": ["image"],
  "image.deleted": ["id"],
  "style.saved": ["style"],
  "style.deleted": ["id"],
  "theme.saved": ["theme"],
  "theme.deleted": ["id"],
};

export const EPHEMERAL = {
  "message.delta": ["workspace_id", "message_id", "attempt", "offset", "text"],
  "image.progress": ["workspace_id", "image_id", "attempt", "fraction", "step", "steps", "preview"],
  presence: ["workspace_id", "members"],
  head: ["workspace_id", "seq", "epoch"],
  account: ["plan", "quota"],
  workspaces: [],
  themes: [],
  draft: ["workspace_id", "draft"],
  transfer: ["transfer"],
  queue: ["mine", "all"],
  ticket: ["ticket"],
  asked: ["workspace_id", "member"],
  signed_out: ["reason"],
  draining: ["retry_in"],
};
