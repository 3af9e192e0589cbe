// The words of the desk for what was done.

const ACTS = {
  signed_in: "signed in",
  password_changed: "chose a new password",
  confirmed: "typed the password for the desk",
  "user.disabled": "closed the account of",
  "user.enabled": "opened the account of",
  "user.signed_out": "signed out",
  "user.plan": "changed the plan of",
  "user.raised": "made a superuser of",
  "user.lowered": "took the superuser from",
  "image.cancelled": "cancelled an image",
  "image.retried": "put an image into the queue again",
  "mail.read": "read a letter",
  "mail.sent_again": "sent a letter again",
};

export const did = (act) => ACTS[act] ?? act;
