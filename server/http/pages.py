"""The pages; everything on them that changes comes by the API and the socket."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select

from server.actions import access
from server.errors import AppError
from server.extensions import config, db
from server.http.body import id_of
from server.models import Invite, Membership, Workspace
from server.models.first_sight import read_first_sight

door = Blueprint("pages", __name__)


@door.app_context_processor
def everywhere() -> dict:
    """What every template may use."""
    user = current_user.user.to_payload() if current_user and current_user.is_authenticated else None
    return {"user": user, "version": config().version}


@door.get("/")
def home():
    if not current_user.is_authenticated:
        return render_template("landing.html", billed=config().billing_enabled)
    newest = (
        select(Membership)
        .join(Workspace)
        .where(Membership.user_id == current_user.user_id, Workspace.deleted_at.is_(None))
        .order_by(Workspace.updated_at.desc())
        .limit(1)
    )
    last = db.session.scalar(newest)
    return redirect(url_for("pages.workspace", id=last.workspace_id) if last else url_for("pages.workspaces"))


@door.get("/login")
def login():
    return redirect(next_page()) if current_user.is_authenticated else render_template("login.html", next=next_page())


@door.get("/register")
def register():
    return (
        redirect(next_page()) if current_user.is_authenticated else render_template("register.html", next=next_page())
    )


@door.get("/forgot")
def forgot():
    return render_template("forgot.html")


@door.get("/reset")
def reset():
    return unreferred("reset.html")


@door.get("/confirm")
def confirm():
    return unreferred("confirm.html")


@door.get("/help")
def help():
    return render_template("helpdesk.html")


@door.get("/help/guide")
def guide():
    return render_template("help.html")


@door.get("/invite/<token>")
def invite(token: str):
    made, problem = None, None
    try:
        made = Invite.by_token(token)
        made.check_open()
    except AppError as error:
        problem = error.message
    workspace = made.workspace.to_payload() if made and not problem else None
    return render_template(
        "invite.html", token=token, workspace=workspace, role=made and made.role, problem=problem, next=request.path
    ), 200 if workspace else 404


@door.get("/workspaces")
def workspaces():
    return page("workspaces.html")


@door.get("/account")
@door.get("/account/<any(security, keys, keyboard, notifications, data):tab>")
def account(tab: str = "profile"):
    return page("account.html", tab=tab)


@door.get("/w/<id>")
def workspace(id: str):
    if not current_user.is_authenticated:
        return to_login()
    membership = access.member(current_user.user, id_of(id))
    return render_template(
        "workspace.html",
        workspace=membership.workspace.to_payload(),
        role=membership.role,
        batch_cap=config().batch_cap,
        first_sight=read_first_sight(membership.workspace_id),
    )


def page(template: str, **shown):
    return render_template(template, **shown) if current_user.is_authenticated else to_login()


def unreferred(template: str):
    """A page whose address holds a secret tells no other where the reader came from."""
    return render_template(template), {"Referrer-Policy": "no-referrer"}


def to_login():
    return redirect(url_for("pages.login", next=request.path))


def next_page() -> str:
    """Where to go after signing in: a path of ours, never another site."""
    path = request.args.get("next", "/")
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
