"""A picture that is paid for at submit is taken up again, not paid twice."""

from tests.end_to_end.asking import ask, outcomes


def test_a_submitted_picture_survives_its_worker_and_is_not_submitted_twice(bfl_studio, sit_down):
    bfl_studio.vendor.reset()
    bfl_studio.vendor.script(steps=8)
    room = sit_down(bfl_studio)
    (image,) = ask(room, "a fox", batch_size=1)
    room.wait_for(lambda room: any(said["image_id"] == image["id"] for said in room.heard("image.progress")))
    product = bfl_studio.product
    product.wait_for_successor("images", product.kill("images"))
    (made,) = outcomes(room, [image])
    assert made["status"] == "ready" and made["attempt"] == 2
    assert bfl_studio.vendor.seen()["submit"] == 1
    product.wait_until(product.is_whole, 20, "not whole again")
