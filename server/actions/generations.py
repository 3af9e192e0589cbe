"""Asking for pictures: one request becomes a generation and its waiting images, paid and numbered at once."""

import secrets

from sqlalchemy import select

from server import prompts
from server.actions import access, attempts, catalogue, messages, news, recipes
from server.actions.transaction import transaction
from server.billing import quota
from server.errors import Conflict, Invalid
from server.extensions import config, db, now
from server.models import Generation, Image, Proposal, Theme, User, Workspace
from server.models.columns import new_id
from server.models.image import UNFINISHED
from server.protocol.requests import Generate, VaryImage

SEEDS = 2**32


def submit(user: User, request: Generate) -> tuple[Generation, list[Image], bool]:
    """The generation, its images and whether they are new; everything is checked before anything is spent."""
    workspace = access.member(user, request.workspace_id, "editor").workspace
    earlier = _earlier(user, request.id, workspace.id)
    if earlier:
        return earlier
    quota.admit(user, request.batch_size or len(request.indices or ()) or 1)
    model = catalogue.find("image", request.model)
    styles = recipes.styles_of(request)
    settings = recipes.settle(request, styles, model)
    template = _read(request)
    seed = settings.seed if settings.seed is not None else secrets.randbelow(SEEDS)
    offer = prompts.offer(template, seed, batch_size=_capped(request), indices=request.indices)
    if not any(combination.prompt.strip() for combination, _ in offer.items):
        raise _empty()
    generation = Generation(
        id=request.id or new_id(),
        workspace_id=workspace.id,
        author_id=user.id,
        template=request.prompt,
        negative=request.negative,
        model=model["id"],
        styles=styles,
        settings={
            "width": settings.width,
            "height": settings.height,
            "steps": settings.steps,
            "cfg_scale": settings.cfg_scale,
            "sampler": settings.sampler,
            "seed": seed,
            "seed_mode": request.seed_mode,
        },
        axes=[{"name": axis.name, "options": axis.options, "nested": axis.nested} for axis in template.axes],
        count=len(offer.items),
        proposal_id=_proposal(request),
        parent_id=_parent(request),
        created_at=now(),
    )
    base = _base_prompt(workspace)
    images = []
    for index, (combination, offset) in enumerate(offer.items):
        prompt, negative = prompts.compose(combination.prompt, combination.negative, base, styles)
        images.append(
            Image(
                index=index,
                prompt=prompt,
                negative=negative,
                assignment=combination.assignment,
                connection=model["connection"],
                seed=(seed + (offset if request.seed_mode == "each" else 0)) % SEEDS,
                width=settings.width,
                height=settings.height,
                steps=settings.steps,
                cfg_scale=settings.cfg_scale,
                sampler=settings.sampler,
                strength=request.strength,
                parent_id=request.parent_id,
                ignored=recipes.ignored_of(request, styles, model, negative),
            )
        )
    return place(user, generation, images)


def place(user: User, generation: Generation, images: list[Image]) -> tuple[Generation, list[Image], bool]:
    """Pay for the images, put them into the queue and tell the room, or nothing of it."""
    ids = sorted(new_id() for _ in images)
    with transaction() as tx:
        earlier = _earlier(user, generation.id, generation.workspace_id)
        if earlier:
            return earlier
        day = quota.reserve(user, len(images))
        db.session.add(generation)
        db.session.flush()
        for id, image in zip(ids, images, strict=True):
            image.id, image.generation_id, image.workspace_id = id, generation.id, generation.workspace_id
            image.author_id, image.model, image.created_at = user.id, generation.model, generation.created_at
            image.stars = []
            image.charge(user.id, day)
        db.session.add_all(images)
        tx.publish(generation.workspace_id, "generation.created", user.id, generation=generation, images=images)
        if generation.proposal_id:
            messages.mark_generated(tx, user, generation.proposal_id)
        tx.ring("images", len(images))
        news.spent(tx, user)
    return generation, images, True


def again(user: User, image: Image) -> tuple[Generation, list[Image]]:
    """The recipe of a finished image with a new seed, as a generation of one."""
    return _repeat(user, image, [secrets.randbelow(SEEDS)], None, new_id())[:2]


def vary(user: User, image: Image, request: VaryImage) -> tuple[Generation, list[Image], bool]:
    """Further pictures that start from this one, as far as its model can."""
    earlier = _earlier(user, request.id, image.workspace_id)
    if earlier:
        return earlier
    first = secrets.randbelow(SEEDS)
    seeds = [(first + step) % SEEDS for step in range(request.count)]
    return _repeat(user, image, seeds, request.strength, request.id or new_id())


def cancel(user: User, generation_id: str) -> tuple[Generation, list[Image]]:
    """Stop what is unfinished of it; editors may stop anyone's."""
    generation = access.row(user, Generation, generation_id)
    with transaction() as tx:
        images = [image for image in images_of(generation, lock=True) if image.is_unfinished]
        for image in images:
            stop(tx, user, image)
    return generation, images


def retry(user: User, generation_id: str) -> tuple[Generation, list[Image]]:
    """Its failed and cancelled images go into the queue again."""
    generation = access.row(user, Generation, generation_id)
    with transaction() as tx:
        images = [
            image
            for image in images_of(generation, lock=True)
            if image.status in ("failed", "cancelled") and not image.deleted_at
        ]
        requeue(tx, user, images)
    return generation, images


def stop(tx, user: User, image: Image) -> None:
    """Cancel one image; the worker that makes it notices within half a second."""
    if image.status == "running":
        attempts.discard(tx, image)
    image.finish("cancelled")
    quota.give_back(image)
    tx.publish(image.workspace_id, "image.updated", user.id, image=image)
    news.settled(tx, image)


def stop_all(tx, user: User, workspace_id: str) -> None:
    """Cancel whatever is still being made in a workspace."""
    query = select(Image).where(Image.workspace_id == workspace_id, Image.status.in_(UNFINISHED))
    for image in db.session.scalars(query.with_for_update(of=Image).execution_options(populate_existing=True)):
        stop(tx, user, image)


def requeue(tx, user: User, images: list[Image]) -> None:
    """Pay again and wait again."""
    if not images:
        return
    day = quota.reserve(user, len(images))
    for image in images:
        image.wait()
        image.charge(user.id, day)
        tx.publish(image.workspace_id, "image.updated", user.id, image=image)
    tx.ring("images", len(images))
    news.spent(tx, user)


def images_of(generation: Generation, lock: bool = False) -> list[Image]:
    """All images of a generation by index; `lock` holds their rows until the transaction ends."""
    query = select(Image).where(Image.generation_id == generation.id).order_by(Image.index)
    query = query.with_for_update(of=Image) if lock else query
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def _repeat(user: User, image: Image, seeds: list[int], strength: float | None, id: str):
    source = db.session.get(Generation, image.generation_id)
    model = catalogue.find("image", image.model)
    deaf = {"strength"} if strength is not None and not model["capabilities"]["img2img"] else set()
    generation = Generation(
        id=id,
        workspace_id=image.workspace_id,
        author_id=user.id,
        template=source.template,
        negative=source.negative,
        model=image.model,
        styles=source.styles,
        settings={**source.settings, "seed": seeds[0], "seed_mode": "each"},
        axes=[],
        count=len(seeds),
        parent_id=image.id,
        created_at=now(),
    )
    images = [
        Image(
            index=index,
            prompt=image.prompt,
            negative=image.negative,
            assignment=image.assignment,
            connection=model["connection"],
            seed=seed,
            width=image.width,
            height=image.height,
            steps=image.steps,
            cfg_scale=image.cfg_scale,
            sampler=image.sampler,
            strength=strength,
            parent_id=image.id if strength is not None else None,
            ignored=sorted(set(image.ignored) - {"strength"} | deaf),
        )
        for index, seed in enumerate(seeds)
    ]
    return place(user, generation, images)


def _earlier(user: User, id: str | None, workspace_id: str) -> tuple[Generation, list[Image], bool] | None:
    """What an earlier try of the same request made."""
    made = access.repeated(Generation, id, author_id=user.id, workspace_id=workspace_id)
    return (made, images_of(made), False) if made else None


def _read(request: Generate):
    if not request.prompt.strip():
        raise _empty()
    return prompts.parse(request.prompt, request.negative)


def _empty() -> Invalid:
    return Invalid("The prompt is empty. Describe the picture you want.", field="prompt", line=1, column=1)


def _capped(request: Generate) -> int | None:
    if request.batch_size is not None and request.indices is not None:
        raise Invalid("Choose by indices or by batch_size, not by both.", field="indices")
    cap = config().batch_cap
    if (request.batch_size or 0) > cap or len(request.indices or ()) > cap:
        field = "batch_size" if request.batch_size else "indices"
        raise Invalid(f"A batch has at most {cap} images. Ask for fewer.", field=field)
    return request.batch_size


def _proposal(request: Generate) -> str | None:
    proposal = db.session.get(Proposal, request.proposal_id) if request.proposal_id else None
    if request.proposal_id and (proposal is None or proposal.workspace_id != request.workspace_id):
        raise Invalid("There is no such proposal in this workspace.", field="proposal_id")
    return request.proposal_id


def _parent(request: Generate) -> str | None:
    parent = db.session.get(Image, request.parent_id) if request.parent_id else None
    if request.parent_id and (parent is None or parent.workspace_id != request.workspace_id):
        raise Invalid("There is no such image in this workspace.", field="parent_id")
    if parent and not parent.file_key:
        raise Conflict("That image is not ready yet.")
    return request.parent_id


def _base_prompt(workspace: Workspace) -> str:
    theme = db.session.get(Theme, workspace.theme_id) if workspace.theme_id else None
    return theme.base_prompt if theme else ""
