"""A tab's state, built from a snapshot and durable events as the wire describes them."""

import copy

COLLECTIONS = {
    "member": ("members", "user_id"),
    "message": ("messages", "id"),
    "image": ("images", "id"),
    "generation": ("generations", "id"),
    "style": ("styles", "id"),
    "theme": ("themes", "id"),
}
REMOVALS = ("removed", "deleted")
WINDOWS = {"messages": 50, "images": 60}  # a snapshot shows the latest so many of these
WHOLE = ("members", "styles")  # and all of these


class State:
    """The durable part of a workspace as one tab holds it."""

    def __init__(self, snapshot: dict):
        self.seq, self.epoch = snapshot["seq"], snapshot["epoch"]
        self.workspace = copy.deepcopy(snapshot["workspace"])
        self.images_total = snapshot["images_total"]
        self.deleted = False
        self.things = {
            name: {item[key]: copy.deepcopy(item) for item in snapshot[name]} for name, key in COLLECTIONS.values()
        }

    def apply(self, envelope: dict) -> None:
        """Take in the next event; the caller keeps to the order."""
        assert envelope["seq"] == self.seq + 1, f"event {envelope['seq']} after {self.seq}"
        self.seq = envelope["seq"]
        noun, verb = envelope["type"].split(".")
        data = copy.deepcopy(envelope["data"])
        if noun == "workspace":
            self.workspace, self.deleted = data.get("workspace", self.workspace), verb == "deleted"
        elif verb in REMOVALS:
            name, key = COLLECTIONS[noun]
            self.things[name].pop(data[key], None)
            self.images_total -= noun == "image"
        else:
            self.images_total += verb == "restored"
            self.put(noun, data[noun])
            for image in data.get("images", ()) if noun == "generation" else ():
                self.put("image", image)
                self.images_total += 1

    def put(self, noun: str, item: dict) -> None:
        name, key = COLLECTIONS[noun]
        self.things[name][item[key]] = item

    def within(self, snapshot: dict) -> dict:
        """This state limited to what a fresh snapshot would show, in the snapshot's shape."""
        window = {name: getattr(self, name) for name in ("seq", "epoch", "workspace", "images_total")}
        for name, key in COLLECTIONS.values():
            window[name] = [self.things[name].get(item[key]) for item in snapshot[name]]
            window[name] += self.ghosts(name, key, snapshot[name])
        return window

    def ghosts(self, name: str, key: str, shown: list[dict]) -> list[dict]:
        """What is held here, and would be among `shown` if it were still there."""
        ids = {item[key] for item in shown}
        more = [item for id, item in self.things[name].items() if id not in ids]
        if name in WINDOWS and len(shown) >= WINDOWS[name]:
            oldest = min(item["created_at"] for item in shown)
            return [item for item in more if item["created_at"] > oldest]
        return more if name in WINDOWS or name in WHOLE else []

    def differences(self, snapshot: dict) -> dict:
        """Where this state and a fresh snapshot disagree: name -> (ours, theirs)."""
        ours = self.within(snapshot)
        return {name: (ours[name], snapshot[name]) for name in ours if ours[name] != snapshot[name]}
