// Entities as they will look, shown until their event arrives.

const SETTINGS = ["width", "height", "steps", "cfg_scale", "sampler", "seed"];

/** My message as it was sent. */
export function pendingMessage(fields, { me, workspace }) {
  return {
    ...fields,
    pending: true,
    workspace_id: workspace.id,
    author_id: me.user_id,
    role: "user",
    status: "complete",
    attempt: 1,
    model: null,
    reply_to: null,
    proposals: [],
    error: null,
    created_at: new Date().toISOString(),
    finished_at: null,
  };
}

/** A generation and its queued images as they will look, built from what was asked for. */
export function pendingBatch(body, count, author_id) {
  const created_at = new Date().toISOString();
  const settings = Object.fromEntries(SETTINGS.filter((name) => body[name] != null).map((name) => [name, body[name]]));
  const shared = {
    pending: true,
    workspace_id: body.workspace_id,
    author_id,
    negative: body.negative ?? "",
    model: body.model,
    parent_id: body.parent_id ?? null,
    created_at,
  };
  const generation = {
    ...shared,
    id: body.id,
    template: body.prompt,
    styles: [],
    settings,
    axes: [],
    count,
    proposal_id: body.proposal_id ?? null,
  };
  const images = Array.from({ length: count }, (_, index) => pendingImage(body, shared, index));
  return { generation, images };
}

function pendingImage(body, shared, index) {
  return {
    ...shared,
    id: `${body.id}:${index}`,
    generation_id: body.id,
    index,
    status: "queued",
    attempt: 0,
    prompt: body.prompt,
    assignment: {},
    connection: null,
    seed: body.seed ?? null,
    width: body.width ?? null,
    height: body.height ?? null,
    steps: body.steps ?? null,
    cfg_scale: body.cfg_scale ?? null,
    ignored: [],
    error: null,
    original_url: null,
    thumbs: {},
    thumbhash: null,
    bytes: null,
    sha256: null,
    starred_by: [],
    tags: [],
    cost: null,
    started_at: null,
    finished_at: null,
    deleted_at: null,
    deleted_by: null,
  };
}
