"""A wall of 5,000 pictures in a real browser: laid out, scrolled, and ten of them developing, beside a plain grid."""

import random

from playwright.sync_api import Page

from tests.benchmarks.stage import Stage
from tests.benchmarks.table import Row, percentile
from tests.harness.browser import Desk, open_browser

TILES, BATCH, DEVELOPING = 5_000, 6, 10
SLOW_FRAME_MS = 34
PREVIEWS = 120
FRAMES = 60

HANG = """async ([tiles, size, developing]) => {
    const at = (name) => document.querySelector('script[src$="main.js"]').src.replace('main.js', name);
    const { app } = await import(at('app.js'));
    window.app = app;
    const { state } = app.store;
    const face = at('main.js').replace('js/main.js', 'img/lake-dawn-clear.webp');
    const made = (n) => new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString();
    const images = Array.from({ length: tiles }, (_, n) => {
        const batch = Math.floor(n / size), running = n >= tiles - developing;
        return {
            id: `i${n}`, generation_id: `g${batch}`, index: n % size, author_id: state.me.user_id, attempt: 1,
            status: running ? 'running' : 'ready', prompt: `picture ${n}`, negative: '', assignment: {},
            model: 'dall-e-3', seed: n, width: 720, height: 480, ignored: [], error: null, tags: [], starred_by: [],
            thumbs: { 384: face, 768: face }, thumbhash: null, original_url: face, sha256: `${n}`,
            created_at: made(batch), started_at: made(batch), finished_at: made(batch + 2),
        };
    });
    const generations = images.filter(({ index }) => index === 0).map((image) => ({
        id: image.generation_id, author_id: image.author_id, template: `batch ${image.generation_id}`, negative: '',
        model: image.model, styles: [], settings: {}, axes: [], count: size, proposal_id: null, parent_id: null,
        created_at: image.created_at,
    }));
    const begun = performance.now();
    app.store.load({ ...state, members: [...state.members.values()], themes: [], styles: [], messages: [],
        generations, images, images_total: tiles });
    while (document.querySelectorAll('.tile[data-state]').length < tiles) await new Promise(requestAnimationFrame);
    return performance.now() - begun;
}"""

PLAIN = """(plain) => {
    const value = plain ? 'visible' : 'auto';
    for (const batch of document.querySelectorAll('.batch')) batch.style.setProperty('content-visibility', value);
}"""

LAYOUT = """async () => {
    const list = document.querySelector('[data-part=batches]');
    const took = [];
    for (let round = 0; round < 5; round++) {
        list.hidden = true;
        document.body.offsetHeight;
        await new Promise(requestAnimationFrame);
        const begun = performance.now();
        list.hidden = false;
        list.getBoundingClientRect();
        took.push(performance.now() - begun);
        await new Promise(requestAnimationFrame);
    }
    return took.sort((a, b) => a - b)[2];
}"""

SCROLL = """async (frames) => {
    const tablet = document.querySelector('picture-tablet');
    tablet.scrollTop = 0;
    const took = [];
    let before = await new Promise(requestAnimationFrame);
    for (let frame = 0; frame < frames; frame++) {
        tablet.scrollTop += 420;
        const now = await new Promise(requestAnimationFrame);
        took.push(now - before);
        before = now;
    }
    tablet.scrollTop = 0;
    return took;
}"""

DEVELOP = """async ([previews, tiles, developing, gaps]) => {
    const { ephemeral } = await import(
        document.querySelector('script[src$="main.js"]').src.replace('main.js', 'reducers.js'));
    const canvas = new OffscreenCanvas(192, 128), pen = canvas.getContext('2d');
    const painted = async (n) => {
        pen.fillStyle = `hsl(${(n * 37) % 360} 60% 50%)`;
        pen.fillRect(0, 0, 192, 128);
        const blob = await canvas.convertToBlob({ type: 'image/jpeg' });
        return new Promise((done) => {
            const reader = new FileReader();
            reader.onload = () => done(reader.result);
            reader.readAsDataURL(blob);
        });
    };
    const took = [];
    for (let n = 0; n < previews; n++) {
        const preview = await painted(n);
        await new Promise((done) => setTimeout(done, gaps[n]));
        const id = `i${tiles - 1 - (n % developing)}`;
        const begun = performance.now();
        app.store.absorb((state) => ephemeral['image.progress'](state,
            { image_id: id, attempt: 1, fraction: n / previews, step: n, steps: previews, preview }));
        await new Promise((done) => requestAnimationFrame(() => {
            const painted = new MessageChannel();
            painted.port1.onmessage = done;
            painted.port2.postMessage(null);
        }));
        took.push(performance.now() - begun);
    }
    return took;
}"""


def rows(stage: Stage):
    with open_browser() as browser:
        desk = Desk(browser, stage.product.base_url)
        page = desk.page(stage.person, f"/w/{stage.workspace_id}")
        page.locator("sync-state[data-state=saved]").wait_for()
        built = page.evaluate(HANG, [TILES, BATCH, DEVELOPING])
        plain, ours = measured(page, True), measured(page, False)
        gaps = [random.uniform(15, 35) for _ in range(PREVIEWS)]
        pixels = page.evaluate(DEVELOP, [PREVIEWS, TILES, DEVELOPING, gaps])
        desk.forgive("")
        desk.close()
    yield Row("5,000 tiles: built from a snapshot", built, "ms")
    yield Row("5,000 tiles: layout, median", ours["layout"], "ms", plain["layout"], "plain grid", 50)
    yield Row("5,000 tiles: scroll frames over 34 ms", ours["slow"], "%", plain["slow"], "plain grid", 12)
    yield Row("event to pixel, 10 developing, p95", percentile(pixels, 0.95), "ms", target=100)


def measured(page: Page, plain: bool) -> dict[str, float]:
    """Layout in ms and slow scroll frames in per cent, with every batch painted or only those in sight."""
    page.evaluate(PLAIN, plain)
    layout = page.evaluate(LAYOUT)
    frames = page.evaluate(SCROLL, FRAMES)
    return {"layout": layout, "slow": 100 * sum(frame > SLOW_FRAME_MS for frame in frames) / len(frames)}
