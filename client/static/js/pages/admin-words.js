// The words of the desk for what was done.

const ACTS = {
  registered: "signed up",
  signed_in: "signed in",
  sign_in_refused: "was refused, signing in",
  signed_out: "signed out",
  device_signed_out: "signed out another device",
  signed_out_everywhere: "signed out everywhere",
  password_changed: "chose a new password",
  left: "asked for deletion",
  came_back: "kept the account after all",
  "key.made": "made an API key",
  "key.deleted": "deleted an API key",
  confirmed: "typed the password for the desk",
  confirm_refused: "typed a wrong password for the desk",
  "list.taken": "took along a list:",
  "workspace.exported": "exported a workspace",
  "account.exported": "took the own data along",
  "desk.seen": "looked at",
  "desk.refused": "was turned away from the desk",
  "user.disabled": "closed the account of",
  "user.enabled": "opened the account of",
  "user.signed_out": "signed out",
  "user.plan": "changed the plan of",
  "user.quota": "changed the quota of",
  "user.raised": "made a superuser of",
  "user.lowered": "took the superuser from",
  "member.joined": "joined a workspace",
  "member.changed": "changed the role of",
  "member.removed": "took out of a workspace",
  "image.cancelled": "cancelled an image",
  "image.retried": "put an image into the queue again",
  "ticket.answered": "answered a request",
  "ticket.noted": "wrote a note on a request",
  "ticket.moved": "moved a request",
  "ticket.taken": "took a request",
  "ticket.let_go": "let go of a request",
  "canned.made": "made a canned reply",
  "canned.changed": "changed a canned reply",
  "canned.deleted": "deleted a canned reply",
  "mail.read": "read a letter",
  "mail.sent_again": "sent a letter again",
};

/** Who did what nobody is named for. */
export const nobody = (act) => (act === "sign_in_refused" ? "Somebody" : "The house");

export const did = (act) => ACTS[act] ?? act;
