"""The two hands of a person in a room: keys alone, or a thumb alone. Each does any action of the room by its name.

A name is "place verb", as the product itself lists them: in its keymap, menus, buttons and palette.
"""
