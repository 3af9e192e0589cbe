"""Everything that people can do to a room, as rules of a state machine; each names the door that it goes through.

`doors()` lists them, and `ELSEWHERE` says of every other door that writes why no history needs it: together they are
all there are, which a test holds against the registry of the routes.
"""

import inspect
import re

import httpx
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, multiple, rule

SMALL = {"model": "sketch", "width": 64, "height": 64, "steps": 1}
NAMES = st.sampled_from(["Foxes", "Hares", "Wolves", "Owls"])
WORDS = st.sampled_from(["a fox", "a {red|blue} hare", "an owl [fail:moderated]"])
TAGS = st.lists(st.sampled_from(["keep", "für später", "🦊"]), unique=True)
VARIANTS = "variants of a fox at dawn"
NOWHERE = "00000000-0000-4000-8000-000000000000"
DOOR = re.compile(r'"((?:POST|PATCH|PUT|DELETE) /api/[^"]+)"')
ELSEWHERE = {
    " /api/auth/": "who one is",
    " /api/account/sessions/": "who one is",
    "DELETE /api/account": "changes rooms after fourteen days; tests/accounts/test_leaving.py",
    " /api/keys": "what programs may do",
    " /api/billing/": "money",
    " /webhooks/": "money",
    " /api/tickets": "help",
    " /api/canned-replies": "help",
    " /api/admin/": "the same verbs in the operator's hands; tests/admin",
    " /api/prompt/expand": "only answers",
    " /api/images/inspect": "only answers",
    " /api/images/move": "takes another room; tests/http/test_moving.py",
    "/draft": "private; tests/sockets/test_private.py",
    "/access": "asks the owner, by a letter; tests/accounts/test_asking.py",
    "/exports": "tests/faults/journeys.py",
    " /api/imports": "tests/faults/journeys.py",
    " /api/transfers/": "tests/faults/journeys.py",
}


class Acts(RuleBasedStateMachine):
    """`client` owns a workspace, `place`, that `friend` may be let in to; both are given before a run.

    What a rule makes is of one number, whatever it was answered, for Hypothesis wants the same steps to allow the same:
    in the place of what was refused stands something that is nowhere.
    """

    tally: dict

    styles = Bundle("styles")
    themes = Bundle("themes")
    invites = Bundle("invites")
    images = Bundle("images")
    generations = Bundle("generations")
    messages = Bundle("messages")

    @initialize()
    def begin(self):
        for person in (self.client, self.friend):
            person.renew()
        self.place = None
        self.place = self.do("POST /api/workspaces", {"name": "Foxes"}).json()["workspace"]["id"]

    def do(self, door: str, body: dict | None = None, by=None, **ids: str) -> httpx.Response:
        """Go through a door if it is open now; refusals are answers too."""
        method, _, path = door.partition(" ")
        ids = {"workspace": self.place, **ids}
        path = re.sub(r"<(\w+)>", lambda name: ids[name[1]], path)
        answer = (by or self.client).raw(method, path, json=body)
        assert answer.status_code < 500, answer.text
        self.tally["doors"].add(door)
        return answer

    @rule(name=NAMES)
    def rename(self, name):
        self.do("PATCH /api/workspaces/<workspace>", {"name": name})

    @rule(target=themes, name=NAMES)
    def wear_a_theme(self, name):
        theme = self.do("POST /api/themes", {"name": name, "base_prompt": "by the sea"}).json()["theme"]["id"]
        self.do("PATCH /api/workspaces/<workspace>", {"theme_id": theme})
        return theme

    @rule(theme=themes, name=NAMES)
    def change_theme(self, theme, name):
        self.do("PATCH /api/themes/<theme>", {"name": name}, theme=theme)

    @rule(theme=themes)
    def delete_theme(self, theme):
        self.do("DELETE /api/themes/<theme>", theme=theme)

    @rule(target=styles, name=NAMES)
    def add_style(self, name):
        body = {"name": name, "positive": "{prompt}, ink"}
        return self.do("POST /api/workspaces/<workspace>/styles", body).json()["style"]["id"]

    @rule(style=styles, steps=st.integers(1, 40))
    def change_style(self, style, steps):
        self.do("PATCH /api/styles/<style>", {"steps": steps}, style=style)

    @rule(style=styles)
    def delete_style(self, style):
        self.do("DELETE /api/styles/<style>", style=style)

    @rule(target=invites, role=st.sampled_from(["editor", "viewer"]))
    def let_a_friend_in(self, role):
        invite = self.do("POST /api/workspaces/<workspace>/invites", {"role": role}).json()["invite"]
        self.do("POST /api/invites/<token>/accept", {}, by=self.friend, token=invite["token"])
        return invite["id"]

    @rule(invite=invites)
    def withdraw_invite(self, invite):
        self.do("DELETE /api/invites/<invite>", invite=invite)

    @rule(role=st.sampled_from(["editor", "viewer"]))
    def change_role(self, role):
        self.do("PATCH /api/workspaces/<workspace>/members/<user_id>", {"role": role}, user_id=self.friend.user["id"])

    @rule(leaves=st.booleans())
    def part_with_the_friend(self, leaves):
        by = self.friend if leaves else self.client
        self.do("DELETE /api/workspaces/<workspace>/members/<user_id>", by=by, user_id=self.friend.user["id"])

    @rule(name=NAMES)
    def the_friend_takes_another_name(self, name):
        self.do("PATCH /api/account", {"name": name}, by=self.friend)

    @rule(target=images, prompt=WORDS)
    def generate(self, prompt):
        return self.ask(prompt)

    @rule(target=images, style=styles)
    def generate_in_a_style(self, style):
        return self.ask("{mood: calm|wild} sea, {=mood}", batch_size=2, style_ids=[style])

    @rule(target=generations)
    def generate_a_batch(self):
        body = {"workspace_id": self.place, "prompt": "[slow:0.5] a hare", "batch_size": 2, **SMALL}
        answer = self.do("POST /api/generate", body)
        return answer.json()["generation"]["id"] if answer.is_success else NOWHERE

    @rule(generation=generations)
    def cancel_a_batch(self, generation):
        self.do("POST /api/generations/<generation>/cancel", {}, generation=generation)

    @rule(generation=generations)
    def try_a_batch_again(self, generation):
        self.do("POST /api/generations/<generation>/retry", {}, generation=generation)

    @rule(image=images)
    def cancel_image(self, image):
        self.do("POST /api/images/<image>/cancel", {}, image=image)

    @rule(image=images)
    def try_image_again(self, image):
        self.do("POST /api/images/<image>/retry", {}, image=image)

    @rule(target=images, image=images)
    def vary(self, image):
        return made(self.do("POST /api/images/<image>/vary", {"count": 2}, image=image), 2)

    @rule(image=images, starred=st.booleans(), by_friend=st.booleans())
    def star(self, image, starred, by_friend):
        by = self.friend if by_friend else self.client
        self.do("PATCH /api/images/<image>", {"starred": starred}, by=by, image=image)

    @rule(image=images, tags=TAGS)
    def tag(self, image, tags):
        self.do("PATCH /api/images/<image>", {"tags": tags}, image=image)

    @rule(image=images)
    def delete_image(self, image):
        self.do("DELETE /api/images/<image>", image=image)

    @rule(image=images, first=st.booleans())
    def restore_image(self, image, first):
        """Bring back what lies in the trash, or what is thrown there first, for that is seldom the same by chance."""
        if first:
            self.delete_image(image)
        self.do("POST /api/images/<image>/restore", {}, image=image)

    @rule(target=messages, content=st.sampled_from(["Hares", VARIANTS]))
    def say(self, content):
        return self.talk(content)

    @rule(target=messages, image=images)
    def ask_about(self, image):
        return self.talk(VARIANTS, image_ids=[image])

    @rule(message=messages)
    def stop_message(self, message):
        self.do("POST /api/messages/<message>/stop", {}, message=message)

    @rule(message=messages)
    def try_message_again(self, message):
        self.do("POST /api/messages/<message>/retry", {}, message=message)

    @rule(message=messages)
    def delete_message(self, message):
        self.do("DELETE /api/messages/<message>", message=message)

    @rule(status=st.sampled_from(["used", "dismissed"]))
    def decide(self, status):
        for offer in self.offers()[:1]:
            self.do("PATCH /api/proposals/<proposal>", {"status": status}, proposal=offer["id"])

    @rule(target=images)
    def take_up_an_offer(self):
        offers = self.offers()
        return self.ask(offers[0]["prompt"], proposal_id=offers[0]["id"]) if offers else NOWHERE

    def ask(self, prompt: str, **more):
        """The pictures that were asked for."""
        body = {"workspace_id": self.place, "prompt": prompt, "batch_size": 1, **SMALL, **more}
        return made(self.do("POST /api/generate", body), body["batch_size"])

    def talk(self, content: str, **more):
        answer = self.do("POST /api/workspaces/<workspace>/messages", {"content": content, **more})
        return answer.json()["reply"]["id"] if answer.is_success else NOWHERE

    def offers(self) -> list[dict]:
        messages = self.client.get(f"/api/workspaces/{self.place}/messages")["items"]
        return [offer for message in messages for offer in message["proposals"]]

    def end(self) -> None:
        """The last that can be done to a room."""
        self.do("DELETE /api/workspaces/<workspace>")


def made(answer: httpx.Response, count: int):
    ids = [image["id"] for image in answer.json().get("images", ())]
    return multiple(*(ids + [NOWHERE] * count)[:count])


def doors() -> set[str]:
    """Every door that the rules go through."""
    return set(DOOR.findall(inspect.getsource(Acts)))


def is_elsewhere(door: str) -> bool:
    return any(part in door for part in ELSEWHERE)
