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


class State:
    """The durable part of a workspace as one tab holds it."""

    def __init__(self, snapshot: dict):
        self.seq, self.epoch = snapshot["seq"], snapshot["epoch"]
        self.workspace = copy.deepcopy(snapshot["workspace"])
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
        else:
            self.put(noun, data[noun])
            for image in data.get("images", ()) if noun == "generation" else ():
                self.put("image", image)

    def put(self, noun: str, item: dict) -> None:
        name, key = COLLECTIONS[noun]
        self.things[name][item[key]] = item

    def within(self, snapshot: dict) -> dict:
        """This state limited to the ids that a fresh snapshot shows, in the snapshot's shape."""
        window = {"seq": self.seq, "epoch": self.epoch, "workspace": self.workspace}
        for name, key in COLLECTIONS.values():
            window[name] = [self.things[name].get(item[key]) for item in snapshot[name]]
        return window

    def differences(self, snapshot: dict) -> dict:
        """Where this state and a fresh snapshot disagree: name -> (ours, theirs)."""
        ours = self.within(snapshot)
        return {name: (ours[name], snapshot[name]) for name in ours if ours[name] != snapshot[name]}
